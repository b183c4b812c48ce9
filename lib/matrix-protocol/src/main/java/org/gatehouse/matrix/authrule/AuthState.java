package org.gatehouse.matrix.authrule;

import java.util.Optional;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.event.StateKey;

/** A room state, as far as the rules ask about it. */
@FunctionalInterface
public interface AuthState {

    /** The state event in this slot, or nothing if the state has none. */
    Optional<Pdu> event(StateKey key);
}
