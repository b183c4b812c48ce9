package org.gatehouse.testkit.shapes;

import java.util.ArrayList;
import java.util.List;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.canonicaljson.JsonBoolean;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.JsonString;
import org.gatehouse.matrix.canonicaljson.JsonValue;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.roomversion.RoomVersion;
import org.gatehouse.matrix.stateres.RoomAuthGraph;
import org.gatehouse.matrix.stateres.StateMap;

/**
 * A room that has forked.
 *
 * @param name the shape and its sizes, such as {@code G2-30000-10}
 * @param events the room's state events, each after those that it cites
 * @param states what is to be resolved; they share what they have in common, and their hashes are computed
 */
public record Shape(String name, RoomVersion version, List<Pdu> events, List<StateMap> states) {

    public Shape {
        events = List.copyOf(events);
        states = List.copyOf(states);
        states.forEach(StateMap::rootHash);
    }

    /** The auth graph of all events; none of them is rejected. */
    public RoomAuthGraph graph() {
        RoomAuthGraph graph = RoomAuthGraph.of(version);
        events.forEach(event -> graph.add(event, false));
        return graph;
    }

    /** The input of {@code gatehouse lab resolve}. */
    public JsonObject toJson() {
        JsonObject.Builder byId = JsonObject.builder();
        events.forEach(event -> byId.put(event.eventId().value(), event.json()));
        List<JsonValue> sets = new ArrayList<>();
        for (StateMap state : states) {
            List<JsonValue> ids = new ArrayList<>(state.size());
            state.forEach((slot, event) -> ids.add(new JsonString(event.value())));
            sets.add(JsonArray.of(ids.toArray(JsonValue[]::new)));
        }
        return JsonObject.builder()
                .put("room_version", version.id())
                .put("events", byId.build())
                .put("state_sets", JsonArray.of(sets.toArray(JsonValue[]::new)))
                .put("trusted_ids", JsonBoolean.of(true))
                .build();
    }

    @Override
    public String toString() {
        return name;
    }
}
