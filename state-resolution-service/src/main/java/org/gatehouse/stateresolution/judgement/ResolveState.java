package org.gatehouse.stateresolution.judgement;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.gatehouse.matrix.authrule.AuthEventSelection;
import org.gatehouse.matrix.authrule.MissingAuthEvent;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.stateres.RoomAuthGraph;
import org.gatehouse.matrix.stateres.StateMap;
import org.gatehouse.matrix.stateres.StateResolution;
import org.gatehouse.stateresolution.room.AuthEvents;
import org.gatehouse.stateresolution.room.Room;
import org.gatehouse.stateresolution.room.RoomWrites;

/** The state that several states come to. Most of the time there is one, or they are equal, and nothing is resolved. */
final class ResolveState {

    private final Resolver resolver;

    ResolveState(Resolver resolver) {
        this.resolver = resolver;
    }

    /**
     * The version of the resolved state. Which number it gets depends on the room's rows alone, not on what happens to
     * be in memory.
     *
     * @param versions each once, in order
     */
    long versionOf(Room room, List<Long> versions, long cause, RoomWrites writes) {
        if (versions.isEmpty()) {
            return 0;
        }
        if (versions.size() == 1) {
            return versions.get(0);
        }
        if (versions.equals(room.extremityStates())) {
            return room.head().current();
        }
        List<StateMap> states = versions.stream().map(room::state).toList();
        if (states.stream().allMatch(states.get(0)::equals)) {
            return versions.get(0);
        }
        StateMap resolved = resolve(room, states);
        List<Long> bases = new ArrayList<>(versions);
        bases.add(room.head().current());
        return room.versions().versionOf(resolved, bases, cause, writes);
    }

    private StateMap resolve(Room room, List<StateMap> states) {
        SortedSet<EventId> conflicted = conflicted(states);
        AuthEvents events = room.authEvents();
        RoomAuthGraph graph = events.graphWith(conflicted);
        graph = StateResolution.needsWholeStates(states, graph)
                ? events.graphWith(all(states))
                : events.graphWith(asked(conflicted, states.get(0), events));
        while (true) {
            try {
                return resolver.resolve(room.version(), states, graph);
            } catch (MissingAuthEvent missing) {
                graph = events.graphWith(List.of(missing.eventId()));
            }
        }
    }

    /** What the rules will ask of the states to judge the conflicted events. */
    private static SortedSet<EventId> asked(SortedSet<EventId> conflicted, StateMap state, AuthEvents events) {
        SortedSet<EventId> asked = new TreeSet<>();
        for (EventId eventId : conflicted) {
            Pdu event = events.event(eventId);
            AuthEventSelection.keys(
                            event.roomVersion(), event.type(), event.sender(), event.stateKey(), event.content())
                    .forEach(key -> state.get(key).ifPresent(asked::add));
        }
        return asked;
    }

    private static SortedSet<EventId> all(List<StateMap> states) {
        SortedSet<EventId> all = new TreeSet<>();
        states.forEach(state -> state.forEach((key, eventId) -> all.add(eventId)));
        return all;
    }

    private static SortedSet<EventId> conflicted(List<StateMap> states) {
        SortedSet<EventId> conflicted = new TreeSet<>();
        for (StateMap other : states.subList(1, states.size())) {
            states.get(0).diff(other).forEach(change -> {
                change.before().ifPresent(conflicted::add);
                change.after().ifPresent(conflicted::add);
            });
        }
        return conflicted;
    }
}
