package org.gatehouse.ingress.surface;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.gatehouse.ingress.admission.IntakeMeters;
import org.gatehouse.ingress.admission.RefusedRequests;
import org.gatehouse.ingress.roomfacts.KnownRoom;
import org.gatehouse.ingress.roomfacts.RoomFactsView;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.runtime.http.MatrixError;

/** "Server Access Control Lists": of the room's current list, as room-facts has it. */
@ApplicationScoped
public class AskServerAcl {

    private static final String RULE = "server-acl";

    private final RoomFactsView rooms;
    private final RefusedRequests refusedRequests;
    private final IntakeMeters meters;

    AskServerAcl(RoomFactsView rooms, RefusedRequests refusedRequests, IntakeMeters meters) {
        this.rooms = rooms;
        this.refusedRequests = refusedRequests;
        this.meters = meters;
    }

    /** What is known of the room; fails with 403 M_FORBIDDEN if its list denies the origin. */
    public Uni<Optional<KnownRoom>> of(RoomId roomId, ServerName origin) {
        return rooms.of(roomId).invoke(room -> room.ifPresent(known -> requireAdmitted(known, origin)));
    }

    private void requireAdmitted(KnownRoom room, ServerName origin) {
        if (!room.admits(origin)) {
            meters.policyDenied(RULE);
            refusedRequests.refused(
                    origin.toString(), RULE, "room " + room.facts().roomId());
            throw MatrixError.forbidden("the room's server ACL denies this server");
        }
    }
}
