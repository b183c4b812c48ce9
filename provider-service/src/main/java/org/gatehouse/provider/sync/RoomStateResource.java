package org.gatehouse.provider.sync;

import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.gatehouse.matrix.canonicaljson.CanonicalJson;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.event.ClientEvents;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.event.StateKey;
import org.gatehouse.provider.door.Authenticate;
import org.gatehouse.provider.door.ClientPath;
import org.gatehouse.provider.door.Credentials;
import org.gatehouse.provider.room.PathIds;
import org.gatehouse.runtime.http.MatrixError;
import org.gatehouse.runtime.http.MatrixResponses;
import org.jspecify.annotations.Nullable;

/** GET state, whole or one slot. */
@Path(ClientPath.BASE)
public class RoomStateResource {

    private final Authenticate authenticate;
    private final ReadRoom read;

    RoomStateResource(Authenticate authenticate, ReadRoom read) {
        this.authenticate = authenticate;
        this.read = read;
    }

    @GET
    @Path(ClientPath.ROOM + "/state")
    public Response state(@BeanParam Credentials credentials, @PathParam("roomId") String roomId) {
        List<Pdu> state = read.state(authenticate.requester(credentials), PathIds.room(roomId));
        JsonArray events =
                JsonArray.of(state.stream().map(ClientEvents::toClientFormat).toList());
        return MatrixResponses.json(200, CanonicalJson.write(events));
    }

    @GET
    @Path(ClientPath.ROOM + "/state/{type}")
    public Response slot(
            @BeanParam Credentials credentials,
            @PathParam("roomId") String roomId,
            @PathParam("type") String type,
            @QueryParam("format") @Nullable String format) {
        return slot(credentials, roomId, type, "", format);
    }

    @GET
    @Path(ClientPath.ROOM + "/state/{type}/{stateKey:.*}")
    public Response slot(
            @BeanParam Credentials credentials,
            @PathParam("roomId") String roomId,
            @PathParam("type") String type,
            @PathParam("stateKey") String stateKey,
            @QueryParam("format") @Nullable String format) {
        Pdu event = read.state(authenticate.requester(credentials), PathIds.room(roomId), new StateKey(type, stateKey))
                .orElseThrow(() -> MatrixError.notFound("There is no such state"));
        return MatrixResponses.json("event".equals(format) ? ClientEvents.toClientFormat(event) : event.content());
    }
}
