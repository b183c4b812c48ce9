package org.gatehouse.provider.handshake;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.runtime.internal.InternalClient;
import org.gatehouse.runtime.internal.InternalOperation;

/** GRAPH_EVENTS of event-graph-service. */
@ApplicationScoped
class HttpKnownEvents implements KnownEvents {

    private final InternalClient client;

    HttpKnownEvents(InternalClient client) {
        this.client = client;
    }

    @Override
    public boolean isConnected(EventId eventId) {
        JsonObject request = JsonObject.of("event_ids", JsonArray.ofStrings(List.of(eventId.value())));
        return client.await(InternalOperation.GRAPH_EVENTS, request)
                .requireOk()
                .json()
                .object("events")
                .flatMap(events -> events.object(eventId.value()))
                .isPresent();
    }
}
