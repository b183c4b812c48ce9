package org.gatehouse.lab;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.canonicaljson.JsonValue;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.event.StateKey;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.stateres.RoomAuthGraph;
import org.gatehouse.matrix.stateres.StateMap;

/** The states of a request, slot by slot; and the tries made of them. */
final class StateSets {

    private final List<Map<StateKey, EventId>> states;

    private StateSets(List<Map<StateKey, EventId>> states) {
        this.states = states;
    }

    /** @throws LabProblem if a state names what is no state event of the request, or two events of one slot */
    static StateSets read(JsonArray sets, Map<EventId, Pdu> events) {
        List<Map<StateKey, EventId>> states = new ArrayList<>();
        for (JsonValue set : sets.values()) {
            String where = "state_sets[" + states.size() + "]";
            JsonArray ids = set.asArray().orElseThrow(() -> new LabProblem(where + " is not an array"));
            states.add(read(where, ids, events));
        }
        return new StateSets(states);
    }

    private static Map<StateKey, EventId> read(String where, JsonArray ids, Map<EventId, Pdu> events) {
        Map<StateKey, EventId> state = new LinkedHashMap<>(2 * ids.size());
        for (EventId id : Request.eventIds(where, ids)) {
            Pdu event = events.get(id);
            if (event == null) {
                throw new LabProblem("%s: %s is not among the events".formatted(where, id));
            }
            StateKey slot = event.stateSlot()
                    .orElseThrow(() -> new LabProblem("%s: %s is no state event".formatted(where, id)));
            EventId other = state.put(slot, event.eventId());
            if (other != null) {
                throw new LabProblem("%s: %s and %s stand in one slot".formatted(where, other, id));
            }
        }
        return state;
    }

    /** The tries, each made from the one before by what differs, as a server's are; and the hashes in them. */
    List<StateMap> tries(RoomAuthGraph graph) {
        List<StateMap> tries = new ArrayList<>();
        StateMap trie = StateMap.EMPTY;
        Map<StateKey, EventId> before = new HashMap<>();
        for (Map<StateKey, EventId> state : states) {
            trie = changed(trie, before, state, graph);
            var unused = trie.rootHash();
            tries.add(trie);
            before = state;
        }
        return tries;
    }

    private static StateMap changed(
            StateMap trie, Map<StateKey, EventId> before, Map<StateKey, EventId> state, RoomAuthGraph graph) {
        StateMap changed = trie;
        Set<StateKey> gone = new HashSet<>();
        for (StateKey slot : before.keySet()) {
            if (!state.containsKey(slot)) {
                gone.add(slot);
            }
        }
        for (StateKey slot : gone) {
            changed = changed.without(slot);
        }
        for (Map.Entry<StateKey, EventId> entry : state.entrySet()) {
            if (!entry.getValue().equals(before.get(entry.getKey()))) {
                changed = changed.with(graph.sharedSlot(entry.getKey()), entry.getValue());
            }
        }
        return changed;
    }
}
