package org.gatehouse.provider.room;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.event.EventTypes;
import org.gatehouse.matrix.event.StateKey;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.provider.authoring.SendEvent;
import org.gatehouse.provider.delivery.Membership;
import org.gatehouse.provider.delivery.RoomStates;
import org.gatehouse.provider.door.Requester;
import org.gatehouse.runtime.http.MatrixError;

/** Kick, ban and unban: one kind of event, told apart by what the target is now. For worker threads. */
@ApplicationScoped
public class RemoveMember {

    private final RoomStates states;
    private final SendEvent send;

    RemoveMember(RoomStates states, SendEvent send) {
        this.states = states;
        this.send = send;
    }

    /** @throws MatrixError 403 if the target is not in the room, or the sender may not */
    void kick(Requester sender, RoomId roomId, UserId target, Optional<String> reason) {
        String kind = kindOf(roomId, target);
        if (kind.equals(Membership.LEAVE) || kind.equals(Membership.BAN)) {
            throw MatrixError.forbidden("The user is not in the room");
        }
        put(sender, roomId, target, Membership.LEAVE, reason);
    }

    void ban(Requester sender, RoomId roomId, UserId target, Optional<String> reason) {
        put(sender, roomId, target, Membership.BAN, reason);
    }

    /** @throws MatrixError 403 if the target is not banned, or the sender may not */
    void unban(Requester sender, RoomId roomId, UserId target, Optional<String> reason) {
        if (!kindOf(roomId, target).equals(Membership.BAN)) {
            throw MatrixError.forbidden("The user is not banned");
        }
        put(sender, roomId, target, Membership.LEAVE, reason);
    }

    private String kindOf(RoomId roomId, UserId target) {
        return states.find(roomId, new StateKey(EventTypes.MEMBER, target.value()))
                .flatMap(member -> member.content().string("membership"))
                .orElse(Membership.LEAVE);
    }

    private void put(Requester sender, RoomId roomId, UserId target, String kind, Optional<String> reason) {
        JsonObject content = JsonObject.EMPTY.with("membership", kind);
        send.send(
                sender,
                SendEvent.Outgoing.state(
                        roomId,
                        EventTypes.MEMBER,
                        target.value(),
                        reason.map(text -> content.with("reason", text)).orElse(content)));
    }
}
