package org.gatehouse.ingress.handshake;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.gatehouse.cluster.PduBytes;
import org.gatehouse.cluster.ReceivedRecord;
import org.gatehouse.ingress.roomfacts.KnownRoom;
import org.gatehouse.matrix.canonicaljson.CanonicalJson;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.runtime.http.MatrixError;
import org.gatehouse.runtime.internal.InternalCall;
import org.gatehouse.runtime.internal.InternalClient;
import org.gatehouse.runtime.internal.InternalOperation;

/**
 * Takes an invite of a hosted user. Only what is an invite, of a user that exists here, by a user of the origin, is
 * signed; it is logged before the signature leaves, as a part of the room if we are in it, else out of band.
 */
@ApplicationScoped
class TakeInvite {

    private final Handshake handshake;
    private final CheckedEvent checkedEvent;
    private final AwaitVerdict awaitVerdict;
    private final InternalClient services;

    TakeInvite(Handshake handshake, CheckedEvent checkedEvent, AwaitVerdict awaitVerdict, InternalClient services) {
        this.handshake = handshake;
        this.checkedEvent = checkedEvent;
        this.awaitVerdict = awaitVerdict;
        this.services = services;
    }

    /** The answer: {@code {"event"}}, the invite with our signature added. */
    Uni<JsonObject> take(ServerName origin, ServerName destination, String roomId, String eventId, JsonObject body) {
        return take(origin, destination, roomId, eventId, Invite.read(body));
    }

    /** The same for the first version's form of the request. */
    Uni<JsonObject> takeOfOld(
            ServerName origin, ServerName destination, String roomId, String eventId, JsonObject body) {
        Optional<String> known = handshake.anyRoom().map(room -> room.facts().roomVersion());
        return take(origin, destination, roomId, eventId, Invite.readOfOld(body, known));
    }

    private Uni<JsonObject> take(
            ServerName origin, ServerName destination, String roomId, String eventId, Invite invite) {
        CheckedEvent.Expected expected = new CheckedEvent.Expected(
                Handshake.roomId(roomId), Handshake.eventId(eventId), "invite", origin, false);
        UserId invitee = invitee(invite.event(), destination);
        List<JsonObject> strippedState = InviteRoomState.read(invite.roomState(), invite.version(), expected.roomId());
        Optional<KnownRoom> room = handshake.anyRoom();
        room.ifPresent(known -> requireVersion(known, invite));
        return checkedEvent
                .of(invite.version(), invite.event(), expected)
                .call(event -> requireHosted(invitee))
                .chain(event -> coSigned(event, invitee)
                        .call(signed -> log(room, event, signed, origin, invitee, strippedState)))
                .map(signed -> JsonObject.EMPTY.with("event", signed));
    }

    private static void requireVersion(KnownRoom room, Invite invite) {
        if (!room.facts().roomVersion().equals(invite.version().id())) {
            throw Handshake.invalid("the room has version " + room.facts().roomVersion());
        }
    }

    private static UserId invitee(JsonObject invite, ServerName destination) {
        return invite.string("state_key")
                .flatMap(UserId::tryParse)
                .filter(user -> user.serverName().equals(destination))
                .orElseThrow(() -> Handshake.invalid("the invited user is not a user of " + destination));
    }

    private Uni<Void> requireHosted(UserId invitee) {
        return services.call(InternalCall.to(InternalOperation.HOSTED_USER, invitee.toString()))
                .invoke(answer -> {
                    if (answer.status() == 404) {
                        throw new MatrixError(404, "M_NOT_FOUND", "no such user");
                    }
                    answer.requireOk();
                })
                .replaceWithVoid();
    }

    private Uni<JsonObject> coSigned(Pdu invite, UserId invitee) {
        JsonObject wanted = JsonObject.EMPTY
                .with("room_version", invite.roomVersion().id())
                .with("user", invitee.toString())
                .with("event", invite.json());
        return services.call(InternalOperation.SIGN_INVITE, wanted)
                .map(answer -> answer.requireOk().json().object("event").orElseThrow());
    }

    private Uni<?> log(
            Optional<KnownRoom> room,
            Pdu invite,
            JsonObject signed,
            ServerName origin,
            UserId invitee,
            List<JsonObject> strippedState) {
        PduBytes bytes = new PduBytes(CanonicalJson.write(signed));
        String version = invite.roomVersion().id();
        boolean resident =
                room.filter(known -> !known.facts().residents().isEmpty()).isPresent();
        return awaitVerdict.log(replyTo -> resident
                ? new ReceivedRecord.Pushed(
                        invite.roomId(),
                        version,
                        invite.eventId(),
                        origin,
                        false,
                        replyTo,
                        Optional.empty(),
                        bytes,
                        room.flatMap(known -> known.facts().policy()))
                : new ReceivedRecord.OutOfBand(
                        invite.roomId(), version, invite.eventId(), invitee, "invite", strippedState, replyTo, bytes));
    }
}
