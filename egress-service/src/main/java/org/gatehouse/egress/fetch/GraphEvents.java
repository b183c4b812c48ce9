package org.gatehouse.egress.fetch;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gatehouse.egress.remote.InternalAnswers;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.event.StoredPdus;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.roomversion.RoomVersion;
import org.gatehouse.matrix.roomversion.RoomVersions;
import org.gatehouse.runtime.internal.InternalClient;
import org.gatehouse.runtime.internal.InternalOperation;

/** Asks event-graph-service. */
@Singleton
class GraphEvents implements KnownEvents {

    private static final int BATCH = 200;

    private final InternalClient client;

    GraphEvents(InternalClient client) {
        this.client = client;
    }

    @Override
    public Map<EventId, Known> find(Collection<EventId> ids) {
        Map<EventId, Known> known = new LinkedHashMap<>();
        List<EventId> all = new ArrayList<>(ids);
        for (int from = 0; from < all.size(); from += BATCH) {
            List<String> batch = all.subList(from, Math.min(all.size(), from + BATCH)).stream()
                    .map(EventId::toString)
                    .toList();
            JsonObject wish = JsonObject.of("event_ids", JsonArray.ofStrings(batch));
            known.putAll(read(InternalAnswers.json("event-graph", client.await(InternalOperation.GRAPH_EVENTS, wish))));
        }
        return known;
    }

    static Map<EventId, Known> read(JsonObject answer) {
        Map<EventId, Known> known = new LinkedHashMap<>();
        answer.object("events")
                .orElse(JsonObject.EMPTY)
                .forEach((id, value) ->
                        value.asObject().ifPresent(event -> known.put(new EventId(id), read(new EventId(id), event))));
        return known;
    }

    /** What the graph has was checked before it was logged. */
    private static Known read(EventId id, JsonObject event) {
        RoomVersion version = RoomVersions.require(event.string("room_version").orElseThrow());
        JsonObject pdu = event.object("pdu").orElseThrow();
        return new Known(
                StoredPdus.of(version, id, pdu), event.integer("ordinal").isPresent());
    }
}
