package org.gatehouse.provider.room;

import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.provider.door.Authenticate;
import org.gatehouse.provider.door.ClientPath;
import org.gatehouse.provider.door.Credentials;
import org.gatehouse.provider.door.RequestBody;
import org.gatehouse.provider.door.Requester;
import org.gatehouse.runtime.http.MatrixError;
import org.gatehouse.runtime.http.MatrixResponses;

/** POST invite, leave, forget, kick, ban and unban. */
@Path(ClientPath.BASE)
public class MembershipResource {

    private final Authenticate authenticate;
    private final InviteUser invite;
    private final LeaveRoom leave;
    private final RemoveMember remove;

    public MembershipResource(Authenticate authenticate, InviteUser invite, LeaveRoom leave, RemoveMember remove) {
        this.authenticate = authenticate;
        this.invite = invite;
        this.leave = leave;
        this.remove = remove;
    }

    @POST
    @Path(ClientPath.ROOM + "/invite")
    public Response invite(@BeanParam Credentials credentials, @PathParam("roomId") String room, byte[] body) {
        Requester me = authenticate.requester(credentials);
        JsonObject request = RequestBody.object(body);
        JsonObject extra = reason(request)
                .map(text -> JsonObject.EMPTY.with("reason", text))
                .orElse(JsonObject.EMPTY);
        invite.invite(me, PathIds.room(room), target(request), extra);
        return done();
    }

    @POST
    @Path(ClientPath.ROOM + "/leave")
    public Response leave(@BeanParam Credentials credentials, @PathParam("roomId") String room, byte[] body) {
        Requester me = authenticate.requester(credentials);
        leave.leave(me, PathIds.room(room), reason(RequestBody.objectOrEmpty(body)));
        return done();
    }

    @POST
    @Path(ClientPath.ROOM + "/forget")
    public Response forget(@BeanParam Credentials credentials, @PathParam("roomId") String room, byte[] body) {
        leave.forget(authenticate.requester(credentials), PathIds.room(room));
        return done();
    }

    @POST
    @Path(ClientPath.ROOM + "/kick")
    public Response kick(@BeanParam Credentials credentials, @PathParam("roomId") String room, byte[] body) {
        return remove(credentials, room, body, remove::kick);
    }

    @POST
    @Path(ClientPath.ROOM + "/ban")
    public Response ban(@BeanParam Credentials credentials, @PathParam("roomId") String room, byte[] body) {
        return remove(credentials, room, body, remove::ban);
    }

    @POST
    @Path(ClientPath.ROOM + "/unban")
    public Response unban(@BeanParam Credentials credentials, @PathParam("roomId") String room, byte[] body) {
        return remove(credentials, room, body, remove::unban);
    }

    /** One of the three ways to put somebody out of a room, or out of its ban list. */
    @FunctionalInterface
    private interface Removal {
        void apply(Requester sender, RoomId roomId, UserId target, Optional<String> reason);
    }

    private Response remove(Credentials credentials, String room, byte[] body, Removal removal) {
        Requester me = authenticate.requester(credentials);
        JsonObject request = RequestBody.object(body);
        removal.apply(me, PathIds.room(room), target(request), reason(request));
        return done();
    }

    private static UserId target(JsonObject request) {
        return PathIds.user(
                request.string("user_id").orElseThrow(() -> MatrixError.missingParam("user_id is missing")));
    }

    private static Optional<String> reason(JsonObject request) {
        return request.string("reason");
    }

    private static Response done() {
        return MatrixResponses.json(JsonObject.EMPTY);
    }
}
