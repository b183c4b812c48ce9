package org.gatehouse.runtime.start;

import java.util.List;

/**
 * Something that the configuration must fulfil before a service starts. Found by {@link java.util.ServiceLoader}: a
 * service names its own in META-INF/services.
 */
public interface StartCondition {

    /** What is wrong, a sentence each that begins with the key; empty if nothing is. */
    List<String> problems(Settings settings);
}
