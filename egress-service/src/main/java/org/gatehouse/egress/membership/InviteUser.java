package org.gatehouse.egress.membership;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Map;
import java.util.TreeSet;
import org.gatehouse.egress.remote.FederationClient;
import org.gatehouse.egress.remote.RemoteOperation;
import org.gatehouse.egress.remote.RemotePath;
import org.gatehouse.egress.verification.VerifyKeys;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.roomversion.RoomVersion;
import org.gatehouse.matrix.signing.CachedKeyRing;
import org.gatehouse.matrix.signing.EventSigning;
import org.gatehouse.matrix.signing.JsonSigning;
import org.gatehouse.matrix.signing.KeyRing;

/** Shows an invite of ours to the invited user's server, which adds its signature. */
@Singleton
class InviteUser {

    private final FederationClient client;
    private final VerifyKeys keys;
    private final Clock clock;

    InviteUser(FederationClient client, VerifyKeys keys, Clock clock) {
        this.client = client;
        this.keys = keys;
        this.clock = clock;
    }

    /** An invite to be shown. */
    record Invite(
            ServerName destination,
            ServerName origin,
            RoomId roomId,
            RoomVersion version,
            JsonObject event,
            JsonArray inviteRoomState) {}

    /** @return our event with the destination's signature added */
    JsonObject invite(Invite wish) {
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
        if (!isSignedBy(wish, coSigned)) {
            throw new HostileAnswer("an invite that it has not signed");
        }
        return coSigned;
    }

    private boolean isSignedBy(Invite wish, JsonObject event) {
        ServerName server = wish.destination();
        var signatures = JsonSigning.signatures(event, server);
        if (signatures.isEmpty()) {
            return false;
        }
        long time = event.integer("origin_server_ts").orElse(0);
        KeyRing ring = CachedKeyRing.of(
                keys.find(Map.of(server, new TreeSet<>(signatures.keySet())), Math.min(time, clock.millis())));
        return signatures.keySet().stream()
                .anyMatch(id -> ring.keyForEvent(server, id, time, wish.version())
                        .filter(key -> EventSigning.verify(wish.version(), event, server, id, key))
                        .isPresent());
    }
}
