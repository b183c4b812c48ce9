package org.gatehouse.stateresolution.judgement;

import java.util.Optional;
import java.util.TreeSet;
import org.gatehouse.matrix.authrule.AuthRules;
import org.gatehouse.matrix.authrule.AuthVerdict;
import org.gatehouse.matrix.authrule.MissingAuthEvent;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.stateres.StateMap;
import org.gatehouse.stateresolution.room.Extremity;
import org.gatehouse.stateresolution.room.Room;

/** Checks 4 to 7 of the "Checks performed on receipt of a PDU". */
final class ReceiptChecks {

    private ReceiptChecks() {}

    /**
     * Judges an event.
     *
     * @param before the state before it
     * @param isNewHead whether it replaces all heads, so that there is no current state to hold it against
     * @param isSeeded whether the state before it was given: then no policy server has been asked
     * @throws Unjudgeable if an auth event is unknown: event-graph connects nothing that has such
     */
    static Ruling of(Room room, Pdu event, StateMap before, boolean isNewHead, boolean isSeeded) {
        AuthVerdict byAuthEvents = againstAuthEvents(room, event);
        if (!byAuthEvents.isAllowed()) {
            return Ruling.rejected(byAuthEvents);
        }
        AuthVerdict byStateBefore = AuthRules.check(event, room.authState(before));
        if (!byStateBefore.isAllowed()) {
            return Ruling.rejected(byStateBefore);
        }
        if (!isNewHead && !isOnTopOfTheRoom(room, event)) {
            AuthVerdict byCurrentState = AuthRules.check(event, room.authState(room.currentState()));
            if (!byCurrentState.isAllowed()) {
                return Ruling.softFailed(byCurrentState);
            }
        }
        return isSeeded ? Ruling.ACCEPTED : PolicyCheck.of(room, event, room.currentState());
    }

    /** Check 4. */
    private static AuthVerdict againstAuthEvents(Room room, Pdu event) {
        for (EventId authEvent : event.authEvents()) {
            if (room.authEvents().find(authEvent).isEmpty()) {
                Optional<AuthVerdict> denial = denialOfStranger(room, event, authEvent);
                if (denial.isPresent()) {
                    return denial.get();
                }
            }
        }
        try {
            return room.authEvents().check(event);
        } catch (MissingAuthEvent missing) {
            throw new Unjudgeable("auth event " + missing.eventId() + " of " + event.eventId() + " is not settled");
        }
    }

    /** The judge keeps no message events and nothing of other rooms: what it judged there cannot be an auth event. */
    private static Optional<AuthVerdict> denialOfStranger(Room room, Pdu event, EventId authEvent) {
        if (room.judged(authEvent).isPresent()) {
            return Optional.of(AuthRules.citesUnexpected(event, authEvent));
        }
        if (room.isJudgedSomewhere(authEvent)) {
            return Optional.of(AuthRules.citesAnotherRoom(event, authEvent));
        }
        return Optional.empty();
    }

    /** If the parents are the heads, the state before the event is the current state, and check 6 is check 5. */
    private static boolean isOnTopOfTheRoom(Room room, Pdu event) {
        TreeSet<EventId> heads = new TreeSet<>();
        for (Extremity extremity : room.head().extremities()) {
            heads.add(extremity.eventId());
        }
        return heads.isEmpty() || heads.equals(new TreeSet<>(event.prevEvents()));
    }
}
