package org.gatehouse.provider.edu;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import org.gatehouse.cluster.ReceivedEdu;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.provider.appservice.AppService;

/** Brings typing, receipts and presence to an application service, if the acting user is in the room and it follows it. */
@ApplicationScoped
class DeliverEphemeral {

    private static final Duration PRESENCE_LASTS = Duration.ofMinutes(5);

    private final RoomConcern rooms;
    private final TypingUsers typingUsers;
    private final Clock clock;

    DeliverEphemeral(RoomConcern rooms, TypingUsers typingUsers, Clock clock) {
        this.rooms = rooms;
        this.typingUsers = typingUsers;
        this.clock = clock;
    }

    /** @param at when it was received, in milliseconds: what begins to type long ago has ceased meanwhile */
    void typing(AppService service, ReceivedEdu.Typing typing, long at, EduTransaction transaction) {
        boolean stale = typing.typing() && isOlder(at, TypingUsers.LASTS);
        if (stale) {
            return;
        }
        boolean followed = rooms.follows(service, typing.roomId());
        if (concerns(service, followed, typing.roomId(), typing.userId())) {
            transaction.typing(typing.roomId(), typingUsers.take(service.id(), typing, at, clock.millis()));
        }
    }

    void receipts(AppService service, ReceivedEdu.ReadReceipts receipts, EduTransaction transaction) {
        boolean followed = rooms.follows(service, receipts.roomId());
        for (ReceivedEdu.Read receipt : receipts.receipts()) {
            if (concerns(service, followed, receipts.roomId(), receipt.userId())) {
                transaction.read(receipts.roomId(), receipt);
            }
        }
    }

    /** Only of users in a namespace of the service; whether it shares a room with another, no table says. */
    void presence(AppService service, ReceivedEdu.Presence presence, long at, EduTransaction transaction) {
        if (service.isInterestedInUser(presence.userId().value()) && !isOlder(at, PRESENCE_LASTS)) {
            transaction.presence(presence);
        }
    }

    private boolean concerns(AppService service, boolean followed, RoomId roomId, UserId acting) {
        return (followed || service.isInterestedInUser(acting.value())) && rooms.isMember(roomId, acting);
    }

    private boolean isOlder(long at, Duration age) {
        return clock.millis() - at > age.toMillis();
    }
}
