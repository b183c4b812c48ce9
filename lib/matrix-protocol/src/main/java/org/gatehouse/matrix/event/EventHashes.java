package org.gatehouse.matrix.event;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;
import org.gatehouse.matrix.canonicaljson.CanonicalJson;
import org.gatehouse.matrix.canonicaljson.CanonicalMembers;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.JsonString;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.roomversion.EventIdFormat;
import org.gatehouse.matrix.roomversion.RoomVersion;

/** The hashes of events (Server-Server API, "Signing Events"). */
public final class EventHashes {

    /** Looking for an algorithm costs as much as hashing a small event. */
    private static final ThreadLocal<MessageDigest> SHA_256 = ThreadLocal.withInitial(EventHashes::newSha256);

    private EventHashes() {}

    /** The content hash: of everything but {@code unsigned}, {@code signatures} and {@code hashes}; standard base64. */
    public static String contentHash(JsonObject event) {
        return UnpaddedBase64.encode(contentDigest(CanonicalMembers.of(event)));
    }

    /** The SHA-256 that an event claims for its content, if it claims one in base64. */
    public static Optional<byte[]> claimedContentHash(JsonObject event) {
        return event.object("hashes").flatMap(hashes -> hashes.string("sha256")).flatMap(UnpaddedBase64::decode);
    }

    /** Whether the content hash that the event claims is the one that it has. */
    public static boolean hasTrueContentHash(JsonObject event) {
        return hasTrueContentHash(event, CanonicalMembers.of(event));
    }

    static boolean hasTrueContentHash(JsonObject event, CanonicalMembers members) {
        return claimedContentHash(event)
                .map(claimed -> Arrays.equals(claimed, contentDigest(members)))
                .orElse(false);
    }

    /** The event with its content hash in {@code hashes}. */
    public static JsonObject withContentHash(JsonObject event) {
        return event.with("hashes", JsonObject.of("sha256", new JsonString(contentHash(event))));
    }

    /**
     * The bytes that are signed and that the reference hash is of: the redacted event without {@code signatures} and
     * {@code unsigned}, in canonical form.
     */
    public static byte[] referenceBytes(RoomVersion version, JsonObject event) {
        return Redaction.signedBytes(version, event, CanonicalMembers.of(event));
    }

    /** The reference hash, in standard base64: in room versions 1 and 2 what a later event writes beside the ID. */
    public static String referenceHash(RoomVersion version, JsonObject event) {
        return UnpaddedBase64.encode(sha256(referenceBytes(version, event)));
    }

    /**
     * The ID of an event: its reference hash, or in room versions 1 and 2 its {@code event_id}.
     *
     * @throws MalformedEvent if the version takes the ID from a field that is missing
     */
    public static EventId eventId(RoomVersion version, JsonObject event) {
        return eventId(version, event, referenceBytes(version, event));
    }

    static EventId eventId(RoomVersion version, JsonObject event, byte[] referenceBytes) {
        if (version.eventIdFormat() == EventIdFormat.FIELD) {
            return event.string("event_id")
                    .flatMap(EventId::tryParse)
                    .orElseThrow(() -> new MalformedEvent("event_id"));
        }
        byte[] hash = sha256(referenceBytes);
        boolean urlSafe = version.eventIdFormat() == EventIdFormat.HASH_URL_SAFE_BASE64;
        return new EventId("$" + (urlSafe ? UnpaddedBase64.encodeUrlSafe(hash) : UnpaddedBase64.encode(hash)));
    }

    /** The SHA-256 of an object as it is, in URL-safe base64. */
    static String urlSafeHash(JsonObject object) {
        return UnpaddedBase64.encodeUrlSafe(sha256(CanonicalJson.write(object)));
    }

    private static byte[] contentDigest(CanonicalMembers members) {
        return sha256(members.only(EventHashes::isHashed));
    }

    private static boolean isHashed(String key) {
        return !key.equals("hashes") && !key.equals("signatures") && !key.equals("unsigned");
    }

    private static byte[] sha256(byte[] bytes) {
        return SHA_256.get().digest(bytes);
    }

    private static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
