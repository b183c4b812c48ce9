package org.gatehouse.ingress.handshake;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import org.gatehouse.cluster.PduBytes;
import org.gatehouse.cluster.ReceivedRecord;
import org.gatehouse.ingress.roomfacts.KnownRoom;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.roomversion.RoomVersions;
import org.gatehouse.runtime.internal.InternalCall;
import org.gatehouse.runtime.internal.InternalClient;
import org.gatehouse.runtime.internal.InternalOperation;

/** Takes a signed join or leave of a peer's user: checks it, logs it, waits for the verdict, and answers. */
@ApplicationScoped
class TakeMembership {

    private static final Duration DEADLINE = Duration.ofSeconds(55);

    private final Handshake handshake;
    private final CheckedEvent checkedEvent;
    private final AwaitVerdict awaitVerdict;
    private final InternalClient services;

    TakeMembership(Handshake handshake, CheckedEvent checkedEvent, AwaitVerdict awaitVerdict, InternalClient services) {
        this.handshake = handshake;
        this.checkedEvent = checkedEvent;
        this.awaitVerdict = awaitVerdict;
        this.services = services;
    }

    /** The answer to send_join: the state before the join, its auth chain and the join itself. */
    Uni<JsonObject> join(ServerName origin, ServerName destination, String roomId, String eventId, JsonObject body) {
        return take(origin, destination, roomId, eventId, body, "join")
                .chain(join -> stateBefore(join)
                        .map(state -> state.with("event", join.json())
                                .with("members_omitted", false)
                                .with("origin", destination.toString())));
    }

    /** The answer to send_leave: nothing. */
    Uni<JsonObject> leave(ServerName origin, ServerName destination, String roomId, String eventId, JsonObject body) {
        return take(origin, destination, roomId, eventId, body, "leave").replaceWith(JsonObject.EMPTY);
    }

    private Uni<Pdu> take(
            ServerName origin,
            ServerName destination,
            String roomId,
            String eventId,
            JsonObject body,
            String membership) {
        CheckedEvent.Expected expected = new CheckedEvent.Expected(
                Handshake.roomId(roomId), Handshake.eventId(eventId), membership, origin, true);
        KnownRoom room = handshake.residentRoom(destination);
        return checkedEvent
                .of(RoomVersions.require(room.facts().roomVersion()), body, expected)
                .call(event -> judge(room, event, origin));
    }

    private Uni<?> judge(KnownRoom room, Pdu event, ServerName origin) {
        return awaitVerdict.log(replyTo -> new ReceivedRecord.Pushed(
                room.facts().roomId(),
                room.facts().roomVersion(),
                event.eventId(),
                origin,
                true,
                replyTo,
                Optional.empty(),
                new PduBytes(event.canonicalBytes()),
                room.facts().policy()));
    }

    private Uni<JsonObject> stateBefore(Pdu join) {
        return services.call(InternalCall.to(
                                InternalOperation.JOIN_STATE, join.roomId().toString())
                        .query("event_id", join.eventId().toString())
                        .deadline(DEADLINE))
                .map(answer -> answer.requireOk().json());
    }
}
