package org.gatehouse.provider.room;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.gatehouse.cluster.VerdictReply;
import org.gatehouse.matrix.authrule.AuthVerdict;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.provider.authoring.Acceptance;
import org.gatehouse.provider.authoring.EventSigner;
import org.gatehouse.provider.authoring.LogEvent;
import org.gatehouse.provider.delivery.AwaitDelivery;
import org.gatehouse.provider.door.Requester;
import org.gatehouse.runtime.http.MatrixError;

/** Makes a room: its first events are built and judged here, then logged in order. For worker threads. */
@ApplicationScoped
public class CreateRoom {

    private final EventSigner signer;
    private final LogEvent log;
    private final AwaitDelivery delivery;
    private final RoomIds roomIds;
    private final Clock clock;

    public CreateRoom(EventSigner signer, LogEvent log, AwaitDelivery delivery, RoomIds roomIds, Clock clock) {
        this.signer = signer;
        this.log = log;
        this.delivery = delivery;
        this.roomIds = roomIds;
        this.clock = clock;
    }

    /** @throws MatrixError 400 if the wishes make no room that the rules allow; nothing is logged then */
    RoomId create(Requester creator, CreateRoomRequest request) {
        List<Pdu> events = chain(creator, request);
        Pdu last = events.get(events.size() - 1);
        events.subList(0, events.size() - 1).forEach(log::madeBeforeOthers);
        VerdictReply reply = log.made(last);
        Acceptance.require(reply);
        delivery.reached(last.roomId(), reply.ordinal());
        return last.roomId();
    }

    private List<Pdu> chain(Requester creator, CreateRoomRequest request) {
        Optional<RoomId> given = request.roomVersion().roomIdIsCreateHash()
                ? Optional.empty()
                : Optional.of(roomIds.next(creator.userId().serverName()));
        RoomChain chain = new RoomChain(request.roomVersion(), given, creator.userId(), clock.millis(), signer);
        for (PlannedEvent event : RoomPlan.of(creator.userId(), request)) {
            if (chain.append(event) instanceof AuthVerdict.Denied denied) {
                throw new MatrixError(
                        400,
                        "M_INVALID_ROOM_STATE",
                        "The room cannot begin with " + event.slot().type() + ": " + denied.reason());
            }
        }
        return chain.events();
    }
}
