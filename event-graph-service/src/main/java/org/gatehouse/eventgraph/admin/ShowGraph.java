package org.gatehouse.eventgraph.admin;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gatehouse.cassandra.HeadStamp;
import org.gatehouse.cluster.PduBytes;
import org.gatehouse.eventgraph.cassandra.CassandraEvents;
import org.gatehouse.eventgraph.connect.RoomHeads;
import org.gatehouse.eventgraph.connect.WaitingEvents;
import org.gatehouse.eventgraph.room.PlacedEvent;
import org.gatehouse.eventgraph.room.Placement;
import org.gatehouse.eventgraph.room.RoomGraph;
import org.gatehouse.eventgraph.room.RoomHead;
import org.gatehouse.eventgraph.verdict.JudgedEvent;
import org.gatehouse.eventgraph.verdict.Verdicts;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.StrictJson;
import org.gatehouse.matrix.identifier.RoomId;

/** Describes a window of a room's connected events, and what waits. */
@Singleton
class ShowGraph {

    private final CassandraEvents events;
    private final Verdicts verdicts;
    private final RoomHeads heads;
    private final WaitingEvents waitingEvents;

    ShowGraph(CassandraEvents events, Verdicts verdicts, RoomHeads heads, WaitingEvents waitingEvents) {
        this.events = events;
        this.verdicts = verdicts;
        this.heads = heads;
        this.waitingEvents = waitingEvents;
    }

    /** Empty if nothing is known of the room. */
    Optional<JsonObject> show(RoomId roomId, long from, int limit) {
        return heads.read(roomId).map(head -> show(roomId, head, from, limit));
    }

    private JsonObject show(RoomId roomId, RoomHead head, long from, int limit) {
        long first = Math.max(1, from);
        long last = Math.min(head.lastOrdinal(), first + limit - 1);
        Map<Long, JudgedEvent> judged = verdicts.between(roomId, first, last);
        List<JsonObject> shown = new ArrayList<>();
        for (PlacedEvent event : events.between(roomId, first, last)) {
            shown.add(describe(
                    event, Optional.ofNullable(judged.get(event.placement().ordinal()))));
        }
        return JsonObject.builder()
                .put("room_id", roomId.value())
                .put("generation", head.stamp().generation())
                .put("offset", head.stamp().offset())
                .put("last_ordinal", head.lastOrdinal())
                .put("joins_under_way", JsonArray.ofStrings(head.joins()))
                .put("events", JsonArray.of(shown))
                .put("waiting", JsonArray.of(waiting(roomId, head)))
                .build();
    }

    private static JsonObject describe(PlacedEvent event, Optional<JudgedEvent> judged) {
        Placement placement = event.placement();
        JsonObject.Builder json = JsonObject.builder()
                .put("ordinal", placement.ordinal())
                .put("event_id", placement.eventId().value())
                .put("source", placement.source().name())
                .put("origin", placement.origin().value())
                .put("cause", placement.cause().offset());
        JsonObject pdu = json(event.pdu());
        for (String member : List.of("type", "state_key", "sender", "depth", "prev_events", "auth_events")) {
            json.putIfPresent(member, pdu.get(member));
        }
        judged.ifPresent(verdict -> json.put("verdict", verdict.verdict().wireName())
                .put("rule", verdict.rule())
                .put("reason", verdict.reason())
                .put("history_visibility", verdict.historyVisibility()));
        return json.build();
    }

    private static JsonObject json(PduBytes pdu) {
        return StrictJson.parseObject(pdu.canonical());
    }

    private List<JsonObject> waiting(RoomId roomId, RoomHead head) {
        if (head.waitingSince() == 0) {
            return List.of();
        }
        RoomGraph graph = RoomGraph.restore(
                roomId,
                head,
                waitingEvents.read(roomId, head.waitingSince(), head.waitingUntil(), HeadStamp.of(0, -1)));
        return graph.waiting().stream()
                .map(event -> JsonObject.builder()
                        .put("event_id", event.eventId().value())
                        .put("status", event.status())
                        .put("origin", event.origin().value())
                        .put("wish_id", event.wishId())
                        .build())
                .toList();
    }
}
