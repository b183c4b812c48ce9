package org.gatehouse.matrix.stateres;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Half of a SHA-256. Hashes are of that kind, and hang together in a tree, because events, and so their IDs, are chosen
 * by others: sums of cheap hashes can be made to collide.
 */
record TrieDigest(long high, long low) {

    /** Over one entry; the lengths keep type, state key and event ID apart. */
    static TrieDigest ofEntry(String type, String stateKey, String eventId) {
        byte[] typeBytes = type.getBytes(StandardCharsets.UTF_8);
        byte[] keyBytes = stateKey.getBytes(StandardCharsets.UTF_8);
        byte[] idBytes = eventId.getBytes(StandardCharsets.UTF_8);
        ByteBuffer input = ByteBuffer.allocate(8 + typeBytes.length + keyBytes.length + idBytes.length);
        input.putInt(typeBytes.length)
                .put(typeBytes)
                .putInt(keyBytes.length)
                .put(keyBytes)
                .put(idBytes);
        return of(input.array());
    }

    /** Over a node of this shape and what hangs below it, in order. */
    static TrieDigest ofNode(int shape, TrieNode[] children) {
        ByteBuffer input = ByteBuffer.allocate(4 + 16 * children.length).putInt(shape);
        for (TrieNode child : children) {
            TrieDigest digest = child.digest();
            input.putLong(digest.high).putLong(digest.low);
        }
        return of(input.array());
    }

    static TrieDigest of(byte[] input) {
        ByteBuffer hash = ByteBuffer.wrap(sha256().digest(input));
        return new TrieDigest(hash.getLong(), hash.getLong());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
