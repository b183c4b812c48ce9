package org.gatehouse.provider.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.provider.appservice.AppService;
import org.gatehouse.provider.appservice.AppServices;

/** Notes when an application service gets its first user into a room, and when it loses its last. */
@ApplicationScoped
class RecordInterests {

    private final AppServices appServices;
    private final Memberships memberships;
    private final Interests interests;

    RecordInterests(AppServices appServices, Memberships memberships, Interests interests) {
        this.appServices = appServices;
        this.memberships = memberships;
        this.interests = interests;
    }

    /** @param changed the hosted users whose membership changed with the record at that offset */
    void record(RoomId roomId, long offset, List<UserId> changed) {
        for (AppService service : appServices.all()) {
            if (changed.stream().anyMatch(service::speaksFor)) {
                interests.put(service.id(), roomId, offset, hasUsersIn(service, roomId));
            }
        }
    }

    private boolean hasUsersIn(AppService service, RoomId roomId) {
        return memberships.hosted(roomId, Membership.JOIN).stream().anyMatch(service::speaksFor);
    }
}
