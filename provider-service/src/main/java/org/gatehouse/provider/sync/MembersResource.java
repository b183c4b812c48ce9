package org.gatehouse.provider.sync;

import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.event.ClientEvents;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.provider.delivery.Membership;
import org.gatehouse.provider.delivery.Memberships;
import org.gatehouse.provider.door.Authenticate;
import org.gatehouse.provider.door.ClientPath;
import org.gatehouse.provider.door.Credentials;
import org.gatehouse.provider.door.Requester;
import org.gatehouse.provider.room.PathIds;
import org.gatehouse.runtime.http.MatrixResponses;
import org.jspecify.annotations.Nullable;

/** GET members, joined_members and joined_rooms. */
@Path(ClientPath.BASE)
public class MembersResource {

    private final Authenticate authenticate;
    private final ReadRoom read;
    private final Memberships memberships;

    MembersResource(Authenticate authenticate, ReadRoom read, Memberships memberships) {
        this.authenticate = authenticate;
        this.read = read;
        this.memberships = memberships;
    }

    @GET
    @Path(ClientPath.ROOM + "/members")
    public Response members(
            @BeanParam Credentials credentials,
            @PathParam("roomId") String roomId,
            @QueryParam("membership") @Nullable String wanted,
            @QueryParam("not_membership") @Nullable String unwanted) {
        Requester me = authenticate.requester(credentials);
        List<JsonObject> members = read.members(me, PathIds.room(roomId)).stream()
                .filter(member -> wanted == null || wanted.equals(kindOf(member)))
                .filter(member -> unwanted == null || !unwanted.equals(kindOf(member)))
                .map(ClientEvents::toClientFormat)
                .toList();
        return MatrixResponses.json(JsonObject.of("chunk", JsonArray.of(members)));
    }

    @GET
    @Path(ClientPath.ROOM + "/joined_members")
    public Response joinedMembers(@BeanParam Credentials credentials, @PathParam("roomId") String roomId) {
        Requester me = authenticate.requester(credentials);
        JsonObject.Builder joined = JsonObject.builder();
        for (Pdu member : read.members(me, PathIds.room(roomId))) {
            if (kindOf(member).equals(Membership.JOIN)) {
                joined.put(member.stateKey().orElse(""), profile(member.content()));
            }
        }
        return MatrixResponses.json(JsonObject.of("joined", joined.build()));
    }

    @GET
    @Path(ClientPath.V3 + "/joined_rooms")
    public Response joinedRooms(@BeanParam Credentials credentials) {
        Requester me = authenticate.requester(credentials);
        List<String> rooms = memberships.ofUser(me.userId()).stream()
                .filter(Membership::isJoined)
                .map(membership -> membership.roomId().value())
                .toList();
        return MatrixResponses.json(JsonObject.of("joined_rooms", JsonArray.ofStrings(rooms)));
    }

    private static String kindOf(Pdu member) {
        return member.content().string("membership").orElse("");
    }

    private static JsonObject profile(JsonObject content) {
        JsonObject profile = JsonObject.EMPTY;
        if (content.string("displayname").isPresent()) {
            profile = profile.with("display_name", content.string("displayname").get());
        }
        return content.string("avatar_url").isPresent()
                ? profile.with("avatar_url", content.string("avatar_url").get())
                : profile;
    }
}
