package org.gatehouse.eventgraph.history;

import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.gatehouse.eventgraph.history.ReadForServer.Gap;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.StrictJson;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.runtime.http.MatrixError;
import org.gatehouse.runtime.http.MatrixResponses;
import org.gatehouse.runtime.internal.Internal;
import org.gatehouse.runtime.internal.InternalOperation;
import org.jspecify.annotations.Nullable;

/** The federation API's reads of the graph, forwarded by ingress with the verified origin. */
@Path("/internal/federation")
@Blocking
public class FederationResource {

    private static final String ORIGIN = "X-Gatehouse-Origin";
    private static final String DESTINATION = "X-Gatehouse-Destination";
    private static final long DEFAULT_LIMIT = 10;
    private static final int MOST_EVENTS_NAMED = 1_000;

    private final ReadForServer readForServer;
    private final Clock clock;

    FederationResource(ReadForServer readForServer, Clock clock) {
        this.readForServer = readForServer;
        this.clock = clock;
    }

    /** GET /_matrix/federation/v1/event/{eventId}. */
    @GET
    @Path("/event/{eventId}")
    @Internal(InternalOperation.GRAPH_FEDERATION)
    public Response event(
            @HeaderParam(ORIGIN) @Nullable String origin,
            @HeaderParam(DESTINATION) @Nullable String destination,
            @PathParam("eventId") String eventId) {
        EventId asked = EventId.tryParse(eventId).orElseThrow(() -> MatrixError.notFound("Event not found"));
        return transaction(destination, List.of(readForServer.event(server(origin), asked)));
    }

    /** GET /_matrix/federation/v1/backfill/{roomId}. */
    @GET
    @Path("/backfill/{roomId}")
    @Internal(InternalOperation.GRAPH_FEDERATION)
    public Response backfill(
            @HeaderParam(ORIGIN) @Nullable String origin,
            @HeaderParam(DESTINATION) @Nullable String destination,
            @PathParam("roomId") String roomId,
            @QueryParam("v") List<String> from,
            @QueryParam("limit") @Nullable String limit) {
        ServerName server = server(origin);
        int most = limit(limit);
        if (from.isEmpty() || from.size() > MOST_EVENTS_NAMED) {
            throw MatrixError.missingParam("v is required");
        }
        List<EventId> events = from.stream()
                .map(eventId -> EventId.tryParse(eventId).orElseThrow(() -> MatrixError.notFound("Event not found")))
                .toList();
        return transaction(destination, readForServer.backfill(server, room(roomId), events, most));
    }

    /** POST /_matrix/federation/v1/get_missing_events/{roomId}. */
    @POST
    @Path("/get_missing_events/{roomId}")
    @Internal(InternalOperation.GRAPH_FEDERATION)
    public Response missingEvents(
            @HeaderParam(ORIGIN) @Nullable String origin, @PathParam("roomId") String roomId, byte[] body) {
        JsonObject asked = StrictJson.parseObject(body);
        Gap gap = new Gap(
                eventIds(asked, "earliest_events"),
                eventIds(asked, "latest_events"),
                (int) Math.min(number(asked, "limit", DEFAULT_LIMIT), WalkBackwards.MOST_MISSING),
                number(asked, "min_depth", 0));
        List<JsonObject> events = readForServer.missing(server(origin), room(roomId), gap);
        return MatrixResponses.json(JsonObject.of("events", JsonArray.of(events)));
    }

    private Response transaction(@Nullable String destination, List<JsonObject> pdus) {
        return MatrixResponses.json(JsonObject.builder()
                .put("origin", required(destination, DESTINATION))
                .put("origin_server_ts", clock.millis())
                .put("pdus", JsonArray.of(pdus))
                .build());
    }

    private static ServerName server(@Nullable String origin) {
        return ServerName.tryParse(required(origin, ORIGIN))
                .orElseThrow(() -> MatrixError.invalidParam(ORIGIN + " is no server name"));
    }

    private static String required(@Nullable String header, String name) {
        return Optional.ofNullable(header).orElseThrow(() -> MatrixError.missingParam(name + " is required"));
    }

    /** An ID that cannot be one names a room that nobody is in. */
    private static RoomId room(String roomId) {
        return RoomId.tryParse(roomId).orElseThrow(() -> MatrixError.forbidden("Your server is not in the room"));
    }

    private static int limit(@Nullable String limit) {
        if (limit == null) {
            throw MatrixError.missingParam("limit is required");
        }
        try {
            long most = Long.parseLong(limit);
            if (most >= 0) {
                return (int) Math.min(most, WalkBackwards.MOST_BACKFILLED);
            }
        } catch (NumberFormatException e) {
            throw MatrixError.invalidParam("limit is no number");
        }
        throw MatrixError.invalidParam("limit is negative");
    }

    private static List<EventId> eventIds(JsonObject body, String name) {
        JsonArray array =
                body.array(name).orElseThrow(() -> MatrixError.badJson(name + " has to be a list of event IDs"));
        if (array.size() > MOST_EVENTS_NAMED) {
            throw MatrixError.badJson(name + " names too many events");
        }
        return array.strings().stream()
                .map(EventId::tryParse)
                .flatMap(Optional::stream)
                .toList();
    }

    private static long number(JsonObject body, String name, long otherwise) {
        OptionalLong number = body.integer(name);
        if (number.isEmpty() && body.has(name) || number.orElse(0) < 0) {
            throw MatrixError.badJson(name + " has to be a positive integer");
        }
        return number.orElse(otherwise);
    }
}
