package org.gatehouse.matrix.authrule;

/**
 * What the authorisation rules say of an event. Either answer names the rule that decided, as {@code v11/4.3.1}: the
 * room version, and the number that the rule bears in the published list of that version.
 */
public sealed interface AuthVerdict {

    /** The number of the deciding rule, such as {@code v11/4.3.1}. */
    String rule();

    boolean isAllowed();

    /** The event may be sent. */
    record Allowed(String rule) implements AuthVerdict {
        @Override
        public boolean isAllowed() {
            return true;
        }
    }

    /** The event is rejected; the reason is for people and carries no content of the event. */
    record Denied(String rule, String reason) implements AuthVerdict {
        @Override
        public boolean isAllowed() {
            return false;
        }
    }
}
