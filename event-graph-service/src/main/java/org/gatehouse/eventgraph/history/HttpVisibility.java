package org.gatehouse.eventgraph.history;

import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.runtime.internal.InternalCall;
import org.gatehouse.runtime.internal.InternalClient;
import org.gatehouse.runtime.internal.InternalOperation;
import org.gatehouse.runtime.internal.InternalResponse;

/** Asks state-resolution-service. For worker threads. */
@Singleton
class HttpVisibility implements Visibility {

    private static final int NOT_FOUND = 404;

    private final InternalClient client;

    HttpVisibility(InternalClient client) {
        this.client = client;
    }

    @Override
    public Seen ask(RoomId roomId, ServerName server, Collection<EventId> eventIds) {
        JsonObject body = JsonObject.builder()
                .put("server", server.value())
                .put(
                        "event_ids",
                        JsonArray.ofStrings(
                                eventIds.stream().map(EventId::value).toList()))
                .build();
        InternalResponse response = client.await(
                InternalCall.to(InternalOperation.VISIBILITY, roomId.value()).body(body));
        if (response.status() == NOT_FOUND) {
            return new Seen(false, Map.of());
        }
        JsonObject answer = response.requireOk().json();
        Map<EventId, Sight> events = new HashMap<>();
        answer.object("events")
                .orElse(JsonObject.EMPTY)
                .forEach((eventId, sight) -> events.put(
                        new EventId(eventId),
                        sight.asString().map(HttpVisibility::sight).orElse(Sight.DENIED)));
        return new Seen(answer.bool("in_room").orElse(false), events);
    }

    private static Sight sight(String word) {
        return switch (word) {
            case "visible" -> Sight.VISIBLE;
            case "redacted" -> Sight.REDACTED;
            default -> Sight.DENIED;
        };
    }
}
