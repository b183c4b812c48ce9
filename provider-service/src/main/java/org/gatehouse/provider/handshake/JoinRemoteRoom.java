package org.gatehouse.provider.handshake;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.runtime.http.MatrixError;
import org.jboss.logging.Logger;

/** Joins a room in which we are not, through the first of some servers that lets us. For worker threads. */
@ApplicationScoped
public class JoinRemoteRoom {

    private static final Logger LOG = Logger.getLogger(JoinRemoteRoom.class);

    private final JoinThrough joinThrough;

    JoinRemoteRoom(JoinThrough joinThrough) {
        this.joinThrough = joinThrough;
    }

    /**
     * Returns when the join is judged and delivered.
     *
     * @throws MatrixError what the last server answered; a 403 of any of them ends it
     */
    public void join(UserId userId, RoomId roomId, List<ServerName> candidates, Optional<String> reason) {
        MatrixError last = MatrixError.notFound("No server is known through which the room can be joined");
        for (ServerName candidate : candidates) {
            try {
                joinThrough.join(candidate, userId, roomId, reason);
                return;
            } catch (MatrixError e) {
                LOG.infof("join refused: roomId=%s destination=%s reason=%s", roomId, candidate, e.text());
                last = e;
            } catch (UnfitTemplate e) {
                LOG.warnf("join aborted: roomId=%s destination=%s reason=%s", roomId, candidate, e.getMessage());
                last = new MatrixError(502, "M_UNKNOWN", "The other server gave an unfit template");
            }
            if (last.status() == 403) {
                break;
            }
        }
        throw last;
    }
}
