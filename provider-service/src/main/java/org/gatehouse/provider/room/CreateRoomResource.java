package org.gatehouse.provider.room;

import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
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
import org.jboss.logging.Logger;

/** POST createRoom: the room, then the invites. */
@Path(ClientPath.BASE)
public class CreateRoomResource {

    private static final Logger LOG = Logger.getLogger(CreateRoomResource.class);

    private final Authenticate authenticate;
    private final CreateRoom create;
    private final InviteUser invite;

    public CreateRoomResource(Authenticate authenticate, CreateRoom create, InviteUser invite) {
        this.authenticate = authenticate;
        this.create = create;
        this.invite = invite;
    }

    @POST
    @Path(ClientPath.V3 + "/createRoom")
    public Response createRoom(@BeanParam Credentials credentials, byte[] body) {
        Requester me = authenticate.requester(credentials);
        CreateRoomRequest request = CreateRoomRequest.parse(RequestBody.objectOrEmpty(body));
        RoomId roomId = create.create(me, request);
        JsonObject extra = request.isDirect() ? JsonObject.EMPTY.with("is_direct", true) : JsonObject.EMPTY;
        request.invite().forEach(user -> invite(me, roomId, user, extra));
        return MatrixResponses.json(JsonObject.EMPTY.with("room_id", roomId.value()));
    }

    /** The room stands: an invite that fails does not unmake it, and the client sees from the members who was invited. */
    private void invite(Requester me, RoomId roomId, UserId user, JsonObject extra) {
        try {
            invite.invite(me, roomId, user, extra);
        } catch (MatrixError e) {
            LOG.warnf("an invite of a new room failed: roomId=%s userId=%s reason=%s", roomId, user, e.text());
        }
    }
}
