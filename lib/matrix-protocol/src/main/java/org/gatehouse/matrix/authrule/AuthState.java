package org.gatehouse.matrix.authrule;

import java.util.Optional;
import org.gatehouse.matrix.event.EventFacts;
import org.gatehouse.matrix.event.StateKey;

/**
 * A room state, as far as the rules ask about it. {@link #event} is all that a state has to answer; one that knows some
 * slots without looking them up, as in state resolution, overrides the other questions as well. An answer must not
 * change during a check; nothing is asked twice but for the create event.
 */
@FunctionalInterface
public interface AuthState {

    /** The state event in this slot, or nothing if the state has none. */
    Optional<? extends EventFacts> event(StateKey key);

    default Optional<? extends EventFacts> create() {
        return event(AuthSlots.CREATE);
    }

    default Optional<? extends EventFacts> powerLevels() {
        return event(AuthSlots.POWER_LEVELS);
    }

    default Optional<? extends EventFacts> joinRules() {
        return event(AuthSlots.JOIN_RULES);
    }

    /**
     * The member event of a user.
     *
     * @param user as it stands in the event that is checked: not always a valid user ID
     */
    default Optional<? extends EventFacts> member(String user) {
        return event(AuthSlots.member(user));
    }

    /** The member event of the sender of the event that is checked. */
    default Optional<? extends EventFacts> senderMember(EventFacts event) {
        return member(event.sender().value());
    }
}
