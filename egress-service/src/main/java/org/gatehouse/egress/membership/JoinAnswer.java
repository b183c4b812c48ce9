package org.gatehouse.egress.membership;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.gatehouse.egress.verification.AuthOrder;
import org.gatehouse.egress.verification.CheckEvents;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.JsonValue;
import org.gatehouse.matrix.event.EventTypes;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.event.StateKey;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.roomversion.RoomVersion;

/**
 * The state before our join and its auth chain, as far as they can be believed.
 *
 * @param events both, auth events before those that cite them
 * @param state which of the events are the state
 */
record JoinAnswer(List<Pdu> events, Set<EventId> state) {

    JoinAnswer {
        events = List.copyOf(events);
    }

    /**
     * Reads and checks the answer to send_join. A bad event is dropped alone, and with it what needs it; the whole is
     * refused if the room's create event is not there or not of the version agreed upon, if the auth chain has another
     * one, if members were left out although nobody asked for that, or if our join lacks an auth event.
     *
     * @param join our event
     * @throws HostileAnswer if the join cannot be built on the answer
     */
    static JoinAnswer read(
            CheckEvents check, RoomVersion version, RoomId roomId, ServerName from, Pdu join, JsonObject answer) {
        if (answer.bool("members_omitted").orElse(false)) {
            throw new HostileAnswer("a state without members");
        }
        List<JsonObject> stateJson = objects(answer, "state");
        List<JsonObject> chainJson = objects(answer, "auth_chain");
        List<JsonObject> all = new ArrayList<>(stateJson);
        all.addAll(chainJson);
        Map<EventId, Pdu> accepted = new LinkedHashMap<>(check.accepted(version, roomId, from, all));
        accepted.remove(join.eventId());
        Set<EventId> stateIds = stateIds(version, stateJson, accepted);
        requireOneCreate(version, accepted.values(), stateIds);
        List<Pdu> complete = AuthOrder.complete(accepted.values(), id -> false);
        Set<EventId> kept = new HashSet<>();
        complete.forEach(event -> kept.add(event.eventId()));
        if (!kept.containsAll(join.effectiveAuthEvents())) {
            throw new HostileAnswer("no auth chain of our join");
        }
        stateIds.retainAll(kept);
        return new JoinAnswer(complete, stateIds);
    }

    /** The accepted events of the state, of two for one slot the first. */
    private static Set<EventId> stateIds(RoomVersion version, List<JsonObject> state, Map<EventId, Pdu> accepted) {
        Set<StateKey> taken = new TreeSet<>();
        Set<EventId> ids = new LinkedHashSet<>();
        for (JsonObject json : state) {
            Pdu event = new org.gatehouse.matrix.event.UnverifiedPdu(version, json)
                    .eventId()
                    .map(accepted::get)
                    .orElse(null);
            Optional<StateKey> slot = event == null ? Optional.empty() : event.stateSlot();
            if (event != null && slot.isPresent() && taken.add(slot.get())) {
                ids.add(event.eventId());
            }
        }
        return ids;
    }

    private static void requireOneCreate(RoomVersion version, Collection<Pdu> events, Set<EventId> stateIds) {
        List<Pdu> creates = events.stream()
                .filter(event -> event.type().equals(EventTypes.CREATE))
                .toList();
        if (creates.size() != 1 || !creates.get(0).isState(EventTypes.CREATE)) {
            throw new HostileAnswer(creates.isEmpty() ? "no create event" : "several create events");
        }
        Pdu create = creates.get(0);
        if (!stateIds.contains(create.eventId())) {
            throw new HostileAnswer("no create event in the state");
        }
        String says = create.content().string("room_version").orElse("1");
        if (!says.equals(version.id())) {
            throw new HostileAnswer("a create event of another room version");
        }
    }

    private static List<JsonObject> objects(JsonObject answer, String field) {
        List<JsonValue> values = answer.array(field)
                .orElseThrow(() -> new HostileAnswer("no " + field))
                .values();
        return values.stream().flatMap(value -> value.asObject().stream()).toList();
    }
}
