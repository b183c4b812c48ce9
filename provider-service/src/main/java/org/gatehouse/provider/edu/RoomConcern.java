package org.gatehouse.provider.edu;

import jakarta.enterprise.context.ApplicationScoped;
import org.gatehouse.matrix.event.EventTypes;
import org.gatehouse.matrix.event.StateKey;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.provider.appservice.AppService;
import org.gatehouse.provider.delivery.Membership;
import org.gatehouse.provider.delivery.Memberships;
import org.gatehouse.provider.delivery.RoomStates;
import org.gatehouse.provider.push.Concern;

/** Whether what a user of another server does in a room is to be told to an application service. */
@ApplicationScoped
class RoomConcern {

    private final Memberships memberships;
    private final RoomStates states;
    private final Concern concern;

    RoomConcern(Memberships memberships, RoomStates states, Concern concern) {
        this.memberships = memberships;
        this.states = states;
        this.concern = concern;
    }

    /** Whether the user is joined in the room, as far as the judge's verdicts have been delivered. */
    boolean isMember(RoomId roomId, UserId userId) {
        return states.find(roomId, new StateKey(EventTypes.MEMBER, userId.value()))
                .flatMap(member -> member.content().string("membership"))
                .filter(Membership.JOIN::equals)
                .isPresent();
    }

    /** Whether the service follows the room: by a namespace, an alias, or a user that is in it now. */
    boolean follows(AppService service, RoomId roomId) {
        return service.isInterestedInRoom(roomId.value())
                || memberships.hosted(roomId, Membership.JOIN).stream().anyMatch(service::speaksFor)
                || concern.hasAliasOfIts(service, roomId);
    }
}
