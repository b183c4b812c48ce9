package org.gatehouse.lab;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.event.EventHashes;
import org.gatehouse.matrix.event.UnpaddedBase64;
import org.gatehouse.matrix.roomversion.EventIdFormat;
import org.gatehouse.matrix.roomversion.RoomVersion;

/** The two hashes of an event. */
final class HashCommand implements Command {

    @Override
    public JsonObject answer(Request request) {
        request.requireOnly("room_version", "event");
        RoomVersion version = request.roomVersion();
        JsonObject event = request.object("event");
        return JsonObject.builder()
                .put("content_hash", EventHashes.contentHash(event))
                .put("reference_hash", referenceHash(version, event))
                .build();
    }

    /** In the alphabet of the version's event IDs. */
    private static String referenceHash(RoomVersion version, JsonObject event) {
        byte[] hash = sha256(EventHashes.referenceBytes(version, event));
        return version.eventIdFormat() == EventIdFormat.HASH_URL_SAFE_BASE64
                ? UnpaddedBase64.encodeUrlSafe(hash)
                : UnpaddedBase64.encode(hash);
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
