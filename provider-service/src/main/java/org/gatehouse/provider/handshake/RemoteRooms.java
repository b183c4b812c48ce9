package org.gatehouse.provider.handshake;

import java.util.List;
import org.gatehouse.cluster.ReplyTo;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.identifier.UserId;

/**
 * What other servers do for us, carried by egress. All operations throw a {@link
 * org.gatehouse.runtime.http.MatrixError} if the other server refuses or is not reached, and a {@link
 * org.gatehouse.runtime.internal.ServiceUnavailable} if egress does not answer.
 */
public interface RemoteRooms {

    /** Asks for a template: what comes is that server's word, see {@link MembershipTemplate}. */
    RawTemplate makeMembership(ServerName destination, UserId userId, RoomId roomId, String membership);

    /** Joins, and has the outcome logged as JoinDone, with that reply address. */
    void join(ServerName destination, Pdu event, String attemptId, ReplyTo replyTo);

    void leave(ServerName destination, Pdu event);

    /** The invite with the co-signature of the invited user's server. */
    Pdu invite(ServerName destination, Pdu event, List<Pdu> inviteState);
}
