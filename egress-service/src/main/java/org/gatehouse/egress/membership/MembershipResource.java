package org.gatehouse.egress.membership;

import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.function.Supplier;
import org.gatehouse.cluster.ReplyTo;
import org.gatehouse.egress.membership.InviteUser.Invite;
import org.gatehouse.egress.membership.JoinRoom.Join;
import org.gatehouse.egress.membership.MembershipTemplate.Wish;
import org.gatehouse.egress.remote.FederationClient;
import org.gatehouse.egress.remote.RemoteErrors;
import org.gatehouse.egress.remote.RemoteOperation;
import org.gatehouse.egress.remote.RemotePath;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.JsonString;
import org.gatehouse.matrix.canonicaljson.StrictJson;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.runtime.http.MatrixError;
import org.gatehouse.runtime.http.MatrixResponses;
import org.gatehouse.runtime.internal.Internal;
import org.gatehouse.runtime.internal.InternalOperation;
import org.jboss.logging.Logger;

/** Handshakes with other servers, driven by provider-service. */
@Path("/internal/remote")
@Blocking
class MembershipResource {

    private static final Logger LOG = Logger.getLogger(MembershipResource.class);

    private final MakeMembership makeMembership;
    private final JoinRoom joinRoom;
    private final InviteUser inviteUser;
    private final FederationClient client;

    MembershipResource(
            MakeMembership makeMembership, JoinRoom joinRoom, InviteUser inviteUser, FederationClient client) {
        this.makeMembership = makeMembership;
        this.joinRoom = joinRoom;
        this.inviteUser = inviteUser;
        this.client = client;
    }

    @POST
    @Path("/make-membership")
    @Internal(InternalOperation.REMOTE_MAKE_MEMBERSHIP)
    public Response makeMembership(byte[] body) {
        WishReader wish = new WishReader(StrictJson.parseObject(body));
        Wish wanted = new Wish(
                wish.server("destination"),
                wish.server("origin"),
                wish.room(),
                wish.user("user_id"),
                wish.membership(),
                wish.texts("room_versions"));
        return ask(wanted.destination(), () -> makeMembership.make(wanted));
    }

    /** An optional {@code reply_to} says where the verdict on the join is awaited. */
    @POST
    @Path("/join")
    @Internal(InternalOperation.REMOTE_JOIN)
    public Response join(byte[] body) {
        WishReader wish = new WishReader(StrictJson.parseObject(body));
        Optional<ReplyTo> replyTo = wish.json().string("reply_to").map(ReplyTo::parse);
        Join join = new Join(
                wish.server("destination"),
                wish.server("origin"),
                wish.room(),
                wish.roomVersion(),
                wish.event(),
                wish.text("attempt_id"),
                replyTo);
        return ask(
                join.destination(),
                () -> JsonObject.of(
                        "event_id", new JsonString(joinRoom.join(join).toString())));
    }

    @POST
    @Path("/leave")
    @Internal(InternalOperation.REMOTE_LEAVE)
    public Response leave(byte[] body) {
        WishReader wish = new WishReader(StrictJson.parseObject(body));
        ServerName destination = wish.server("destination");
        ServerName origin = wish.server("origin");
        OwnEvent own = OwnEvent.of(wish.roomVersion(), wish.event());
        RemotePath path = RemotePath.of("v2/send_leave", wish.room(), own.eventId());
        return ask(destination, () -> {
            client.put(origin, destination, RemoteOperation.SEND_LEAVE, path, own.json());
            return JsonObject.EMPTY;
        });
    }

    @POST
    @Path("/invite")
    @Internal(InternalOperation.REMOTE_INVITE)
    public Response invite(byte[] body) {
        WishReader wish = new WishReader(StrictJson.parseObject(body));
        Invite invite = new Invite(
                wish.server("destination"),
                wish.server("origin"),
                wish.room(),
                wish.roomVersion(),
                wish.event(),
                wish.json().array("invite_room_state").orElse(JsonArray.EMPTY));
        return ask(invite.destination(), () -> JsonObject.of("event", inviteUser.invite(invite)));
    }

    private static Response ask(ServerName destination, Supplier<JsonObject> question) {
        try {
            return MatrixResponses.json(question.get());
        } catch (HostileAnswer e) {
            LOG.warnf("%s %s", destination, e.getMessage());
            throw RemoteErrors.badGateway(destination, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            MatrixError error = RemoteErrors.of(destination, e);
            LOG.infof("handshake with %s failed: %s", destination, e.getMessage());
            throw error;
        }
    }
}
