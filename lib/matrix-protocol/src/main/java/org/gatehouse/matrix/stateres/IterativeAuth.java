package org.gatehouse.matrix.stateres;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.gatehouse.matrix.authrule.AuthEvent;
import org.gatehouse.matrix.authrule.AuthRules;
import org.gatehouse.matrix.authrule.AuthVerdict;
import org.gatehouse.matrix.event.EventTypes;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.event.StateKey;
import org.gatehouse.matrix.identifier.EventId;

/**
 * The "iterative auth checks": one event after the other is put into the state if the rules allow it there. Where the
 * state lacks what the rules ask for, the event's own auth event stands in, unless it was rejected.
 */
final class IterativeAuth {
    private final StateMap start;
    private final InternedEvents events;
    private final Map<StateKey, Integer> applied = new TreeMap<>();
    private final List<AppliedEvent> verdicts = new ArrayList<>();

    IterativeAuth(StateMap start, InternedEvents events) {
        this.start = start;
        this.events = events;
    }

    void apply(int[] ordered) {
        for (int event : ordered) {
            events.event(event).stateSlot().ifPresent(slot -> apply(event, slot));
        }
    }

    /** The power levels event of the state so far, or {@link InternedEvents#NONE}. */
    int powerLevels() {
        StateKey slot = StateKey.of(EventTypes.POWER_LEVELS);
        Integer power = applied.get(slot);
        return power != null ? power : start.get(slot).map(events::number).orElse(InternedEvents.NONE);
    }

    /** The unconflicted state, and what was applied in the slots that it lacks. */
    StateMap over(StateMap unconflicted) {
        StateMap state = unconflicted;
        for (Map.Entry<StateKey, Integer> entry : applied.entrySet()) {
            if (unconflicted.get(entry.getKey()).isEmpty()) {
                state = state.with(entry.getKey(), events.id(entry.getValue()));
            }
        }
        return state;
    }

    List<AppliedEvent> verdicts() {
        return verdicts;
    }

    private void apply(int event, StateKey slot) {
        AuthVerdict verdict = verdict(event);
        verdicts.add(new AppliedEvent(events.id(event), slot, verdict));
        if (verdict.isAllowed()) {
            applied.put(slot, event);
        }
    }

    /**
     * An event that was rejected because of the state before it takes part like any other; one that its own auth events
     * do not allow never does, whatever state set it has come with.
     */
    private AuthVerdict verdict(int event) {
        Pdu pdu = events.event(event);
        if (events.isRejected(event)) {
            AuthVerdict byAuthEvents = AuthRules.checkAgainstAuthEvents(pdu, this::authEvent);
            if (!byAuthEvents.isAllowed()) {
                return byAuthEvents;
            }
        }
        return AuthRules.check(pdu, key -> stateFor(event, key));
    }

    private Optional<AuthEvent> authEvent(EventId id) {
        int number = events.number(id);
        return Optional.of(new AuthEvent(events.event(number), events.isRejected(number)));
    }

    private Optional<Pdu> stateFor(int event, StateKey key) {
        Integer inState = applied.get(key);
        if (inState != null) {
            return Optional.of(events.event(inState));
        }
        Optional<EventId> fromStart = start.get(key);
        if (fromStart.isPresent()) {
            return fromStart.map(id -> events.event(events.number(id)));
        }
        for (int authEvent : events.authEvents(event)) {
            Pdu pdu = events.event(authEvent);
            if (pdu.stateSlot().filter(key::equals).isPresent() && !events.isRejected(authEvent)) {
                return Optional.of(pdu);
            }
        }
        return Optional.empty();
    }
}
