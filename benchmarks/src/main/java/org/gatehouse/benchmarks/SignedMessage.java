package org.gatehouse.benchmarks;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import org.gatehouse.matrix.canonicaljson.CanonicalJson;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.event.EventDraft;
import org.gatehouse.matrix.event.EventHashes;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.KeyId;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.matrix.roomversion.RoomVersion;
import org.gatehouse.matrix.roomversion.RoomVersions;
import org.gatehouse.matrix.signing.CachedKeyRing;
import org.gatehouse.matrix.signing.EventSigning;
import org.gatehouse.matrix.signing.KeyRing;
import org.gatehouse.matrix.signing.ServerKeys;
import org.gatehouse.matrix.signing.SigningKey;

/** A text message of 1.5 KB as another server sends it, signed, and that server's key. */
final class SignedMessage {

    static final RoomVersion VERSION = RoomVersions.V11;
    static final int BYTES = 1_500;

    private static final ServerName SERVER = new ServerName("matrix.example.org");
    private static final long TIME = 1_760_000_000_000L;
    private static final String WORDS = "The horse eats no cucumber salad, and the wire carries it over the hills. ";
    private static final String MORE_THAN_ASCII =
            "Das Pferd frisst keinen Gurkensalat; der Äther trägt es über alle Berge 🐎. ";

    final byte[] bytes;
    final byte[] signedBytes;
    final byte[] signature;
    final byte[] publicKey;
    final KeyRing keys;

    /** @param ascii whether the text is of ASCII alone */
    SignedMessage(boolean ascii) {
        SigningKey key = SigningKey.generate(new SecureRandom(), new KeyId("ed25519:a_key"));
        String words = ascii ? WORDS : MORE_THAN_ASCII;
        int spent = CanonicalJson.write(signed(key, "")).length;
        int repeats = 1 + (BYTES - spent) / words.getBytes(StandardCharsets.UTF_8).length;
        JsonObject event = signed(key, words.repeat(repeats));
        bytes = CanonicalJson.write(event);
        signedBytes = EventHashes.referenceBytes(VERSION, event);
        signature = key.sign(signedBytes);
        publicKey = key.verifyKey().bytes();
        JsonObject published = ServerKeys.publish(SERVER, List.of(key), Map.of(), TIME + 1);
        keys = CachedKeyRing.of(List.of(ServerKeys.parse(SERVER, published).orElseThrow()));
    }

    private static JsonObject signed(SigningKey key, String body) {
        JsonObject content =
                JsonObject.builder().put("body", body).put("msgtype", "m.text").build();
        JsonObject draft = EventDraft.builder(VERSION, new UserId("@someone:" + SERVER), "m.room.message")
                .roomId(new RoomId("!roomroomroomroomro:" + SERVER))
                .content(content)
                .prevEvents(List.of(eventId("prev")))
                .authEvents(List.of(eventId("create"), eventId("power"), eventId("member")))
                .depth(4_711)
                .originServerTs(TIME)
                .build()
                .toJson();
        return EventSigning.hashAndSign(VERSION, draft, SERVER, key);
    }

    private static EventId eventId(String name) {
        return EventHashes.eventId(
                VERSION, JsonObject.builder().put("type", name).build());
    }
}
