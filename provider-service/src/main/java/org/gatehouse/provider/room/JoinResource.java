package org.gatehouse.provider.room;

import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.identifier.RoomAlias;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.provider.door.Authenticate;
import org.gatehouse.provider.door.ClientPath;
import org.gatehouse.provider.door.Credentials;
import org.gatehouse.provider.door.RequestBody;
import org.gatehouse.provider.door.Requester;
import org.gatehouse.runtime.http.MatrixError;
import org.gatehouse.runtime.http.MatrixResponses;

/** POST join, by room ID. */
@Path(ClientPath.BASE)
public class JoinResource {

    private final Authenticate authenticate;
    private final JoinRoom join;

    public JoinResource(Authenticate authenticate, JoinRoom join) {
        this.authenticate = authenticate;
        this.join = join;
    }

    @POST
    @Path(ClientPath.V3 + "/join/{roomIdOrAlias}")
    public Response join(
            @BeanParam Credentials credentials,
            @PathParam("roomIdOrAlias") String room,
            @QueryParam("server_name") List<String> serverNames,
            @QueryParam("via") List<String> via,
            byte[] body) {
        List<ServerName> servers = Stream.concat(via.stream(), serverNames.stream())
                .flatMap(name -> ServerName.tryParse(name).stream())
                .toList();
        return join(authenticate.requester(credentials), room, servers, body);
    }

    @POST
    @Path(ClientPath.ROOM + "/join")
    public Response join(@BeanParam Credentials credentials, @PathParam("roomId") String room, byte[] body) {
        return join(authenticate.requester(credentials), room, List.of(), body);
    }

    private Response join(Requester me, String room, List<ServerName> servers, byte[] body) {
        if (RoomAlias.tryParse(room).isPresent()) {
            throw MatrixError.notFound("No room of that alias is known here");
        }
        RoomId roomId = PathIds.room(room);
        Optional<String> reason = RequestBody.objectOrEmpty(body).string("reason");
        join.join(me, roomId, servers, reason);
        return MatrixResponses.json(JsonObject.EMPTY.with("room_id", roomId.value()));
    }
}
