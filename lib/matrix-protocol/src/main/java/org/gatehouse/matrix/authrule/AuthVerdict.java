package org.gatehouse.matrix.authrule;

import java.util.List;
import org.gatehouse.matrix.identifier.EventId;

/**
 * What the authorisation rules say of an event. Either answer names the rule that decided, as {@code v11/4.3.1}: the
 * room version, and the number that the rule bears in the published list of that version. It also names the state
 * events that decided: those that the rule looked at, in the order in which its text mentions them. A rule that says
 * "otherwise" decides by the silence of the rules before it, and names what these looked at. What the state does not
 * have cannot be named: that no member event of the sender is there also decides, with an empty list. Where a room has
 * no power levels event, the create event gives the levels and is named for them. {@code v9/size} is the one
 * verdict by no numbered rule: of an event that breaks a size limit for which it is not dropped.
 */
public sealed interface AuthVerdict {

    /** The number of the deciding rule, such as {@code v11/4.3.1}. */
    String rule();

    /** The state events that the deciding rule looked at; of rules on {@code auth_events}, the ones that offend. */
    List<EventId> decidedBy();

    boolean isAllowed();

    /** The event may be sent. */
    record Allowed(String rule, List<EventId> decidedBy) implements AuthVerdict {
        public Allowed {
            decidedBy = List.copyOf(decidedBy);
        }

        @Override
        public boolean isAllowed() {
            return true;
        }
    }

    /** The event is rejected; the reason is for people and carries no content of the event. */
    record Denied(String rule, String reason, List<EventId> decidedBy) implements AuthVerdict {
        public Denied {
            decidedBy = List.copyOf(decidedBy);
        }

        @Override
        public boolean isAllowed() {
            return false;
        }
    }
}
