package org.gatehouse.provider.appservice;

import java.util.regex.Pattern;

/** Names that an application service claims; exclusive ones are refused to everybody else. */
public record Namespace(boolean exclusive, Pattern pattern) {

    boolean covers(String name) {
        return pattern.matcher(name).matches();
    }
}
