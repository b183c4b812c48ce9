package org.gatehouse.egress.fetch;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.gatehouse.cluster.FetchWish;
import org.gatehouse.egress.verification.AuthOrder;
import org.gatehouse.egress.verification.CheckEvents;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.event.EventTypes;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.event.StateKey;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.roomversion.RoomVersion;

/** Takes the state before an event from a server: what the cluster has is not fetched again, all else is checked. */
final class StateBefore {

    /** Up to so many missing events are fetched one by one; for more the whole state is. */
    private static final int ONE_BY_ONE = 50;

    private static final int MOST_IDS = 200_000;

    private final RoomPeer peer;
    private final FetchWish wish;
    private final RoomVersion version;
    private final KnownEvents knownEvents;
    private final CheckEvents check;

    StateBefore(RoomPeer peer, FetchWish wish, RoomVersion version, KnownEvents knownEvents, CheckEvents check) {
        this.peer = peer;
        this.wish = wish;
        this.version = version;
        this.knownEvents = knownEvents;
        this.check = check;
    }

    /** The event with the state before it; empty if the server does not give either, or gives no state of the room. */
    Optional<Gap.Seed> of(EventId parentId) throws InterruptedException {
        Pdu parent = accepted(peer.event(parentId)).get(parentId);
        Optional<JsonObject> named = parent == null ? Optional.empty() : peer.stateIds(parentId);
        if (parent == null || named.isEmpty()) {
            return Optional.empty();
        }
        List<EventId> stateIds = ids(named.get(), "pdu_ids");
        Set<EventId> all = new LinkedHashSet<>(stateIds);
        all.addAll(ids(named.get(), "auth_chain_ids"));
        if (all.size() > MOST_IDS) {
            return Optional.empty();
        }
        List<Pdu> complete = AuthOrder.complete(events(parentId, all).values(), id -> false);
        Set<EventId> state = state(stateIds, complete);
        boolean hasCreate = complete.stream()
                .anyMatch(event -> state.contains(event.eventId()) && event.isState(EventTypes.CREATE));
        return hasCreate ? Optional.of(new Gap.Seed(parent, complete, state)) : Optional.empty();
    }

    private Map<EventId, Pdu> events(EventId parentId, Set<EventId> wanted) throws InterruptedException {
        Map<EventId, Pdu> events = new LinkedHashMap<>();
        knownEvents.find(wanted).forEach((id, known) -> {
            if (known.pdu().roomId().equals(wish.roomId())) {
                events.put(id, known.pdu());
            }
        });
        List<EventId> missing =
                wanted.stream().filter(id -> !events.containsKey(id)).toList();
        List<JsonObject> given = new ArrayList<>();
        if (missing.size() > ONE_BY_ONE) {
            given.addAll(peer.state(parentId));
        } else {
            for (EventId id : missing) {
                given.addAll(peer.event(id));
            }
        }
        accepted(given).forEach((id, event) -> {
            if (wanted.contains(id)) {
                events.putIfAbsent(id, event);
            }
        });
        return events;
    }

    /** A lying server may name events that are no state, or two for one slot: then the first. */
    private static Set<EventId> state(List<EventId> named, List<Pdu> events) {
        Map<EventId, Pdu> byId = new LinkedHashMap<>();
        events.forEach(event -> byId.put(event.eventId(), event));
        Set<StateKey> taken = new TreeSet<>();
        Set<EventId> state = new HashSet<>();
        for (EventId id : named) {
            Pdu event = byId.get(id);
            if (event != null && event.stateSlot().filter(taken::add).isPresent()) {
                state.add(id);
            }
        }
        return state;
    }

    private Map<EventId, Pdu> accepted(List<JsonObject> events) {
        return check.accepted(version, wish.roomId(), peer.server(), events);
    }

    private static List<EventId> ids(JsonObject answer, String field) {
        return answer.array(field).map(JsonArray::strings).orElse(List.of()).stream()
                .flatMap(id -> EventId.tryParse(id).stream())
                .toList();
    }
}
