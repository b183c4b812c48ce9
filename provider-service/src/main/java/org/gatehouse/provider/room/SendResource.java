package org.gatehouse.provider.room;

import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.event.EventTypes;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.provider.authoring.SendEvent;
import org.gatehouse.provider.delivery.Membership;
import org.gatehouse.provider.door.Authenticate;
import org.gatehouse.provider.door.ClientPath;
import org.gatehouse.provider.door.Credentials;
import org.gatehouse.provider.door.RequestBody;
import org.gatehouse.provider.door.Requester;
import org.gatehouse.runtime.http.MatrixError;
import org.gatehouse.runtime.http.MatrixResponses;
import org.jspecify.annotations.Nullable;

/** PUT send, state and redact. */
@Path(ClientPath.BASE)
public class SendResource {

    private final Authenticate authenticate;
    private final SendEvent send;
    private final InviteUser invite;

    public SendResource(Authenticate authenticate, SendEvent send, InviteUser invite) {
        this.authenticate = authenticate;
        this.send = send;
        this.invite = invite;
    }

    @PUT
    @Path(ClientPath.ROOM + "/send/{type}/{txnId}")
    public Response send(
            @BeanParam Credentials credentials,
            @PathParam("roomId") String roomId,
            @PathParam("type") String type,
            @PathParam("txnId") String txnId,
            @QueryParam("ts") @Nullable Long timestamp,
            byte[] body) {
        Requester me = authenticate.requester(credentials);
        return sent(
                me,
                new SendEvent.Outgoing(
                        PathIds.room(roomId),
                        type,
                        Optional.empty(),
                        RequestBody.eventContent(body),
                        "send " + type + " " + txnId,
                        timestampOf(me, timestamp)));
    }

    @PUT
    @Path(ClientPath.ROOM + "/state/{type}")
    public Response sendState(
            @BeanParam Credentials credentials,
            @PathParam("roomId") String roomId,
            @PathParam("type") String type,
            @QueryParam("ts") @Nullable Long timestamp,
            byte[] body) {
        return sendState(credentials, roomId, type, "", timestamp, body);
    }

    @PUT
    @Path(ClientPath.ROOM + "/state/{type}/{stateKey:.*}")
    public Response sendState(
            @BeanParam Credentials credentials,
            @PathParam("roomId") String roomId,
            @PathParam("type") String type,
            @PathParam("stateKey") String stateKey,
            @QueryParam("ts") @Nullable Long timestamp,
            byte[] body) {
        Requester me = authenticate.requester(credentials);
        RoomId room = PathIds.room(roomId);
        JsonObject content = RequestBody.eventContent(body);
        if (isInvite(type, content)) {
            return sent(invite.invite(me, room, PathIds.user(stateKey), content));
        }
        SendEvent.Outgoing state = SendEvent.Outgoing.state(room, type, stateKey, content);
        return sent(me, state.at(timestampOf(me, timestamp)));
    }

    @PUT
    @Path(ClientPath.ROOM + "/redact/{eventId}/{txnId}")
    public Response redact(
            @BeanParam Credentials credentials,
            @PathParam("roomId") String roomId,
            @PathParam("eventId") String eventId,
            @PathParam("txnId") String txnId,
            byte[] body) {
        Requester me = authenticate.requester(credentials);
        RoomId room = PathIds.room(roomId);
        EventId target = PathIds.event(eventId);
        JsonObject content =
                RequestBody.eventContent(RequestBody.objectOrEmpty(body)).with("redacts", target.value());
        return sent(
                me,
                new SendEvent.Outgoing(
                        room,
                        EventTypes.REDACTION,
                        Optional.empty(),
                        content,
                        "redact " + target + " " + txnId,
                        Optional.empty()));
    }

    private Response sent(Requester me, SendEvent.Outgoing outgoing) {
        if (outgoing.type().isEmpty()) {
            throw MatrixError.invalidParam("The event type is empty");
        }
        return sent(send.send(me, outgoing));
    }

    private static Response sent(EventId eventId) {
        return MatrixResponses.json(JsonObject.EMPTY.with("event_id", eventId.value()));
    }

    /** An invite is more than a state event: the invited user's server has to sign it too. */
    private static boolean isInvite(String type, JsonObject content) {
        return type.equals(EventTypes.MEMBER)
                && content.string("membership")
                        .filter(Membership.INVITE::equals)
                        .isPresent();
    }

    /** Application Service API, "Timestamp massaging": others do not choose their time. */
    private static Optional<Long> timestampOf(Requester me, @Nullable Long timestamp) {
        return me.appService().isPresent()
                ? Optional.ofNullable(timestamp).filter(millis -> millis >= 0)
                : Optional.empty();
    }
}
