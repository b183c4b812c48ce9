package org.gatehouse.egress.membership;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.gatehouse.egress.membership.CoSignature.Verdict;
import org.gatehouse.egress.remote.FederationClient;
import org.gatehouse.egress.remote.RemoteOperation;
import org.gatehouse.egress.remote.RemotePath;
import org.gatehouse.egress.verification.VerifyKeys;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.identifier.KeyId;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.roomversion.RoomVersion;
import org.gatehouse.matrix.signing.ServerKeys;
import org.gatehouse.runtime.http.MatrixError;
import org.gatehouse.runtime.internal.ServiceUnavailable;

/** Shows an invite of ours to the invited user's server, which adds its signature. */
@Singleton
class InviteUser {

    /** The last look at the keys begins within this time, so that its end is within the caller's 30 seconds. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration LATER = Duration.ofSeconds(30);

    private final FederationClient client;
    private final VerifyKeys keys;
    private final Clock clock;
    private final Duration pause;

    @Inject
    InviteUser(FederationClient client, VerifyKeys keys, Clock clock) {
        this(client, keys, clock, PAUSE);
    }

    InviteUser(FederationClient client, VerifyKeys keys, Clock clock, Duration pause) {
        this.client = client;
        this.keys = keys;
        this.clock = clock;
        this.pause = pause;
    }

    /** An invite to be shown. */
    record Invite(
            ServerName destination,
            ServerName origin,
            RoomId roomId,
            RoomVersion version,
            JsonObject event,
            JsonArray inviteRoomState) {}

    /**
     * Shows the invite and waits for the destination's signature.
     *
     * @return our event with the destination's signature added
     * @throws HostileAnswer if that is not what the destination answers
     * @throws MatrixError 503 if its keys are not to be had, so that its signature cannot be checked now
     */
    JsonObject invite(Invite wish) {
        Instant lastLook = clock.instant().plus(PATIENCE);
        OwnEvent own = OwnEvent.of(wish.version(), wish.event());
        JsonObject body = JsonObject.builder()
                .put("room_version", wish.version().id())
                .put("event", own.json())
                .put("invite_room_state", wish.inviteRoomState())
                .build();
        RemotePath path = RemotePath.of("v2/invite", wish.roomId(), own.eventId());
        JsonObject answered = client.put(wish.origin(), wish.destination(), RemoteOperation.INVITE, path, body)
                .object("event")
                .orElseThrow(() -> new HostileAnswer("no event"));
        JsonObject coSigned = own.withSignaturesOf(wish.destination(), answered);
        requireSigned(CoSignature.of(wish.destination(), wish.version(), coSigned), lastLook);
        return coSigned;
    }

    /** Asks for the keys again while they are not to be had: it may be us who could not ask in time. */
    private void requireSigned(CoSignature signature, Instant lastLook) {
        Verdict verdict = look(signature);
        while (verdict == Verdict.KEY_NOT_AT_HAND && clock.instant().plus(pause).isBefore(lastLook)) {
            pause();
            verdict = look(signature);
        }
        if (verdict == Verdict.KEY_NOT_AT_HAND) {
            throw MatrixError.unavailable(
                    "the keys of " + signature.server() + ", which has signed the invite, are not to be had now",
                    LATER);
        }
        if (verdict == Verdict.FALSE) {
            throw new HostileAnswer("an invite that it has not signed");
        }
    }

    private Verdict look(CoSignature signature) {
        if (signature.signatures().isEmpty()) {
            return Verdict.FALSE;
        }
        try {
            return signature.judge(keysOf(signature).stream().findFirst());
        } catch (ServiceUnavailable e) {
            return Verdict.KEY_NOT_AT_HAND;
        }
    }

    private List<ServerKeys> keysOf(CoSignature signature) {
        Map<ServerName, Set<KeyId>> wanted =
                Map.of(signature.server(), new TreeSet<>(signature.signatures().keySet()));
        return keys.find(wanted, Math.min(signature.time(), clock.millis()));
    }

    private void pause() {
        try {
            Thread.sleep(pause.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw MatrixError.unavailable("not finished before the end", LATER);
        }
    }
}
