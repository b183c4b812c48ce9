package org.gatehouse.provider.sync;

import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.event.ClientEvents;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.provider.delivery.Membership;
import org.gatehouse.provider.door.Authenticate;
import org.gatehouse.provider.door.ClientPath;
import org.gatehouse.provider.door.Credentials;
import org.gatehouse.provider.door.Requester;
import org.gatehouse.provider.room.PathIds;
import org.gatehouse.runtime.http.MatrixError;
import org.gatehouse.runtime.http.MatrixResponses;
import org.jspecify.annotations.Nullable;

/** GET messages and event. */
@Path(ClientPath.BASE)
public class MessagesResource {

    private static final int DEFAULT_LIMIT = 10;
    private static final int MAX_LIMIT = 500;

    private final Authenticate authenticate;
    private final ReadRoom read;
    private final ReadMessages messages;

    MessagesResource(Authenticate authenticate, ReadRoom read, ReadMessages messages) {
        this.authenticate = authenticate;
        this.read = read;
        this.messages = messages;
    }

    @GET
    @Path(ClientPath.ROOM + "/messages")
    public Response messages(
            @BeanParam Credentials credentials,
            @PathParam("roomId") String roomId,
            @QueryParam("dir") @Nullable String direction,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @QueryParam("limit") @Nullable Integer limit) {
        Requester me = authenticate.requester(credentials);
        RoomId room = PathIds.room(roomId);
        Membership membership = read.membership(me, room);
        boolean forwards = isForwards(direction);
        TimelineToken start = token(room, from).orElse(new TimelineToken(forwards ? 0 : Long.MAX_VALUE - 1));
        int size = Math.min(MAX_LIMIT, Math.max(1, limit == null ? DEFAULT_LIMIT : limit));
        ReadMessages.Page page = forwards
                ? messages.forwards(membership, start, token(room, to), size)
                : messages.backwards(membership, start, token(room, to), size);
        return MatrixResponses.json(answer(page));
    }

    @GET
    @Path(ClientPath.ROOM + "/event/{eventId}")
    public Response event(
            @BeanParam Credentials credentials,
            @PathParam("roomId") String roomId,
            @PathParam("eventId") String eventId) {
        Requester me = authenticate.requester(credentials);
        return MatrixResponses.json(read.event(me, PathIds.room(roomId), PathIds.event(eventId))
                .map(ClientEvents::toClientFormat)
                .orElseThrow(() -> MatrixError.notFound("There is no such event, or you may not see it")));
    }

    private static boolean isForwards(@Nullable String direction) {
        if (direction == null) {
            throw MatrixError.missingParam("dir is missing");
        }
        return switch (direction) {
            case "f" -> true;
            case "b" -> false;
            default -> throw MatrixError.invalidParam("dir is b or f");
        };
    }

    private Optional<TimelineToken> token(RoomId room, @Nullable String text) {
        if (text == null || text.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(TimelineToken.parse(text)
                .or(() -> SyncToken.parse(text).map(token -> messages.placeOf(token, room)))
                .orElseThrow(() -> MatrixError.invalidParam("That is no token of this server")));
    }

    private static JsonObject answer(ReadMessages.Page page) {
        JsonObject.Builder answer = JsonObject.builder()
                .put(
                        "chunk",
                        JsonArray.of(page.events().stream()
                                .map(ClientEvents::toClientFormat)
                                .toList()))
                .put("start", page.start().toString());
        page.end().ifPresent(end -> answer.put("end", end.toString()));
        return answer.build();
    }
}
