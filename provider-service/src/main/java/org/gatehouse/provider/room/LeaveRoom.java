package org.gatehouse.provider.room;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.event.EventTypes;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.provider.authoring.SendEvent;
import org.gatehouse.provider.delivery.Membership;
import org.gatehouse.provider.delivery.Memberships;
import org.gatehouse.provider.door.Requester;
import org.gatehouse.provider.handshake.RejectInvite;
import org.gatehouse.runtime.http.MatrixError;

/** Leaves a room, rejects an invite, or forgets a room that was left. For worker threads. */
@ApplicationScoped
public class LeaveRoom {

    private final Memberships memberships;
    private final SendEvent send;
    private final RejectInvite reject;

    LeaveRoom(Memberships memberships, SendEvent send, RejectInvite reject) {
        this.memberships = memberships;
        this.send = send;
        this.reject = reject;
    }

    /** @throws MatrixError 403 if the user is not in the room */
    void leave(Requester me, RoomId roomId, Optional<String> reason) {
        Membership before = memberships
                .find(me.userId(), roomId)
                .filter(membership -> !membership.kind().equals(Membership.BAN))
                .orElseThrow(() -> MatrixError.forbidden("You are not in the room"));
        if (before.isOut()) {
            return;
        }
        if (before.outOfBand() && memberships.hosted(roomId, Membership.JOIN).isEmpty()) {
            reject.reject(before, reason);
            return;
        }
        JsonObject content = JsonObject.EMPTY.with("membership", Membership.LEAVE);
        send.send(
                me,
                SendEvent.Outgoing.state(
                        roomId,
                        EventTypes.MEMBER,
                        me.userId().value(),
                        reason.map(text -> content.with("reason", text)).orElse(content)));
    }

    /** @throws MatrixError 400 if the user is still in the room */
    void forget(Requester me, RoomId roomId) {
        Optional<Membership> membership = memberships.find(me.userId(), roomId);
        if (membership.filter(found -> !found.isOut()).isPresent()) {
            throw new MatrixError(400, "M_UNKNOWN", "Leave the room before you forget it");
        }
        membership.ifPresent(
                left -> memberships.forget(me.userId(), roomId, left.place().offset()));
    }
}
