package org.gatehouse.eventgraph.history;

import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import org.gatehouse.cluster.Verdict;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.StrictJson;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.runtime.http.MatrixError;
import org.gatehouse.runtime.http.MatrixResponses;
import org.gatehouse.runtime.internal.Internal;
import org.gatehouse.runtime.internal.InternalOperation;

/** Events by ID, for our own services; what is unknown, waits or was refused is left out. */
@Path("/internal/events")
@Blocking
public class EventsResource {

    private final FindEvents findEvents;

    EventsResource(FindEvents findEvents) {
        this.findEvents = findEvents;
    }

    @POST
    @Internal(InternalOperation.GRAPH_EVENTS)
    public Response events(byte[] body) {
        JsonArray asked = StrictJson.parseObject(body)
                .array("event_ids")
                .orElseThrow(() -> MatrixError.badJson("event_ids has to be a list of event IDs"));
        List<EventId> eventIds = asked.strings().stream()
                .map(EventId::tryParse)
                .flatMap(Optional::stream)
                .toList();
        JsonObject.Builder events = JsonObject.builder();
        findEvents.find(eventIds).forEach((eventId, event) -> events.put(eventId.value(), toJson(event)));
        return MatrixResponses.json(JsonObject.of("events", events.build()));
    }

    /** An outlier has neither ordinal nor verdict; an event that is not judged yet has no verdict. */
    private static JsonObject toJson(FoundEvent event) {
        JsonObject.Builder json = JsonObject.builder()
                .put("room_id", event.roomId().value())
                .put("room_version", event.roomVersion())
                .put("outlier", event.ordinal().isEmpty())
                .put("pdu", StrictJson.parseObject(event.pdu().canonical()));
        event.ordinal().ifPresent(ordinal -> json.put("ordinal", ordinal));
        event.verdict().map(Verdict::wireName).ifPresent(verdict -> json.put("verdict", verdict));
        return json.build();
    }
}
