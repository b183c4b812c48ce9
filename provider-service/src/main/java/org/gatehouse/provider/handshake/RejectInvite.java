package org.gatehouse.provider.handshake;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.gatehouse.cluster.PduBytes;
import org.gatehouse.cluster.ReceivedRecord;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.event.EventDraft;
import org.gatehouse.matrix.event.EventTypes;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.provider.authoring.EventSigner;
import org.gatehouse.provider.authoring.RoomLog;
import org.gatehouse.provider.authoring.Verdicts;
import org.gatehouse.provider.delivery.Membership;
import org.gatehouse.runtime.http.MatrixError;
import org.jboss.logging.Logger;

/**
 * Rejects an invite into a room that we are not in (Server-Server API, "Leaving Rooms (Rejecting Invites)"). If the
 * inviter's server does not take the rejection, a leave of our own ends the invite here. For worker threads.
 */
@ApplicationScoped
public class RejectInvite {

    private static final Logger LOG = Logger.getLogger(RejectInvite.class);

    private final RemoteRooms remote;
    private final EventSigner signer;
    private final RoomLog log;
    private final Verdicts verdicts;
    private final Clock clock;

    RejectInvite(RemoteRooms remote, EventSigner signer, RoomLog log, Verdicts verdicts, Clock clock) {
        this.remote = remote;
        this.signer = signer;
        this.log = log;
        this.verdicts = verdicts;
        this.clock = clock;
    }

    /** Returns when the judge has kept the rejection. */
    public void reject(Membership invite, Optional<String> reason) {
        Pdu leave = throughInviter(invite, reason).orElseGet(() -> signer.sign(onOurOwn(invite, reason)));
        verdicts.after(replyTo -> log.append(new ReceivedRecord.OutOfBand(
                invite.roomId(),
                invite.roomVersion(),
                leave.eventId(),
                invite.userId(),
                Membership.LEAVE,
                List.of(),
                Optional.of(replyTo),
                new PduBytes(leave.canonicalBytes()))));
    }

    private Optional<Pdu> throughInviter(Membership invite, Optional<String> reason) {
        ServerName inviter = invite.event().sender().serverName();
        try {
            RawTemplate template = remote.makeMembership(inviter, invite.userId(), invite.roomId(), Membership.LEAVE);
            RawTemplate ofInvite = new RawTemplate(invite.roomVersion(), template.event());
            EventDraft draft = new MembershipTemplate(invite.roomId(), invite.userId(), Membership.LEAVE)
                    .build(ofInvite, reason, clock.millis());
            Pdu leave = signer.sign(draft);
            remote.leave(inviter, leave);
            return Optional.of(leave);
        } catch (MatrixError | UnfitTemplate e) {
            LOG.warnf(
                    "a rejection was not taken: roomId=%s destination=%s reason=%s",
                    invite.roomId(), inviter, e.getMessage());
            return Optional.empty();
        }
    }

    /** Follows the invite, the only event of the room that we have. */
    private EventDraft onOurOwn(Membership invite, Optional<String> reason) {
        Pdu event = invite.event();
        JsonObject content = JsonObject.EMPTY.with("membership", Membership.LEAVE);
        return EventDraft.builder(event.roomVersion(), invite.userId(), EventTypes.MEMBER)
                .roomId(invite.roomId())
                .stateKey(invite.userId().value())
                .content(reason.isPresent() ? content.with("reason", reason.get()) : content)
                .prevEvents(List.of(event.eventId()))
                .authEvents(List.of(event.eventId()))
                .depth(Math.min(event.depth() + 1, event.roomVersion().maxDepth()))
                .originServerTs(clock.millis())
                .build();
    }
}
