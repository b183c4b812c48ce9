package org.gatehouse.provider.room;

import jakarta.enterprise.context.ApplicationScoped;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.event.EventTypes;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.provider.authoring.SendEvent;
import org.gatehouse.provider.delivery.Membership;
import org.gatehouse.provider.door.Requester;
import org.gatehouse.provider.handshake.InviteRemoteUser;
import org.gatehouse.provider.hosteduser.FindHostedUser;
import org.gatehouse.runtime.config.ClusterConfig;
import org.gatehouse.runtime.http.MatrixError;

/** Invites a user, who lives here or elsewhere. For worker threads. */
@ApplicationScoped
public class InviteUser {

    private final ClusterConfig cluster;
    private final FindHostedUser find;
    private final SendEvent send;
    private final InviteRemoteUser inviteRemote;

    InviteUser(ClusterConfig cluster, FindHostedUser find, SendEvent send, InviteRemoteUser inviteRemote) {
        this.cluster = cluster;
        this.find = find;
        this.send = send;
        this.inviteRemote = inviteRemote;
    }

    /**
     * @param extra more members of the event's content, such as a reason
     * @throws MatrixError 403 if the sender may not, 404 if there is no such user here
     */
    EventId invite(Requester sender, RoomId roomId, UserId target, JsonObject extra) {
        JsonObject content = extra.with("membership", Membership.INVITE);
        if (!cluster.hosts(target.serverName())) {
            return inviteRemote.invite(sender.userId(), roomId, target, content);
        }
        if (!find.isHosted(target)) {
            throw MatrixError.notFound("There is no user " + target);
        }
        return send.send(sender, SendEvent.Outgoing.state(roomId, EventTypes.MEMBER, target.value(), content));
    }
}
