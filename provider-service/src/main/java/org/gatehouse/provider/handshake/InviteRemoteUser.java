package org.gatehouse.provider.handshake;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Optional;
import org.gatehouse.cluster.VerdictReply;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.event.EventDraft;
import org.gatehouse.matrix.event.EventTypes;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.provider.authoring.Acceptance;
import org.gatehouse.provider.authoring.EventSigner;
import org.gatehouse.provider.authoring.EventTemplate;
import org.gatehouse.provider.authoring.EventTemplates;
import org.gatehouse.provider.authoring.HaveRecommended;
import org.gatehouse.provider.authoring.LogEvent;
import org.gatehouse.provider.delivery.AwaitDelivery;
import org.gatehouse.provider.delivery.InviteState;
import org.gatehouse.runtime.http.MatrixError;

/**
 * Invites a user of another server (Server-Server API, "Inviting to a room"): that server signs the invite too, and
 * only then is it logged. For worker threads.
 */
@ApplicationScoped
public class InviteRemoteUser {

    private final EventTemplates templates;
    private final EventSigner signer;
    private final HaveRecommended policy;
    private final RemoteRooms remote;
    private final LogEvent log;
    private final InviteState inviteState;
    private final AwaitDelivery delivery;
    private final Clock clock;

    InviteRemoteUser(
            EventTemplates templates,
            EventSigner signer,
            HaveRecommended policy,
            RemoteRooms remote,
            LogEvent log,
            InviteState inviteState,
            AwaitDelivery delivery,
            Clock clock) {
        this.templates = templates;
        this.signer = signer;
        this.policy = policy;
        this.remote = remote;
        this.log = log;
        this.inviteState = inviteState;
        this.delivery = delivery;
        this.clock = clock;
    }

    /**
     * Returns the invite when it is judged.
     *
     * @throws MatrixError if our judge, the other server, or the verdict is against it
     */
    public EventId invite(UserId sender, RoomId roomId, UserId target, JsonObject content) {
        EventTemplate template = templates
                .template(roomId, sender, EventTypes.MEMBER, Optional.of(target.value()), content)
                .filter(EventTemplate::allowed)
                .orElseThrow(() -> MatrixError.forbidden(sender + " may not invite into the room"));
        EventDraft draft = template.place(EventDraft.builder(template.roomVersion(), sender, EventTypes.MEMBER))
                .roomId(roomId)
                .stateKey(target.value())
                .content(content)
                .originServerTs(clock.millis())
                .build();
        Pdu signed = policy.recommended(signer.sign(draft), template.policy());
        Pdu cosigned = remote.invite(target.serverName(), signed, inviteState.events(roomId, sender));
        if (!cosigned.eventId().equals(signed.eventId())) {
            throw new MatrixError(502, "M_UNKNOWN", "The other server signed another event");
        }
        VerdictReply reply = log.made(cosigned);
        EventId eventId = Acceptance.require(reply);
        delivery.reached(roomId, reply.ordinal());
        return eventId;
    }
}
