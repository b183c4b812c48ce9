package org.gatehouse.runtime.admin;

import java.util.List;
import org.gatehouse.runtime.start.Settings;
import org.gatehouse.runtime.start.StartCondition;

/** Tokens of operators must be whole. */
public final class AdminCondition implements StartCondition {

    @Override
    public List<String> problems(Settings settings) {
        try {
            new AdminTokens(settings.list("gatehouse.admin.tokens"));
            return List.of();
        } catch (IllegalArgumentException e) {
            return List.of(String.valueOf(e.getMessage()));
        }
    }
}
