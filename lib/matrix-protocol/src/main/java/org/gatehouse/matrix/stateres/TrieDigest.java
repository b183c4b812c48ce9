package org.gatehouse.matrix.stateres;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.gatehouse.matrix.event.StateKey;
import org.jspecify.annotations.Nullable;

/**
 * Half of a SHA-256. Hashes are of that kind, and hang together in a tree, because events, and so their IDs, are chosen
 * by others: sums of cheap hashes can be made to collide.
 */
record TrieDigest(long high, long low) {
    private static final ThreadLocal<MessageDigest> SHA_256 = ThreadLocal.withInitial(TrieDigest::sha256);

    /** Over a node of this shape and what hangs below it, in order. */
    static TrieDigest ofNode(int shape, TrieNode[] children) {
        for (TrieNode child : children) {
            child.prepareDigest();
        }
        MessageDigest hash = fresh();
        hash.update(ByteBuffer.allocate(4).putInt(shape).flip());
        for (TrieNode child : children) {
            child.feed(hash);
        }
        return finish(hash);
    }

    /** Over a slot alone. */
    static TrieDigest ofKey(StateKey key) {
        MessageDigest hash = fresh();
        feed(hash, key.type());
        feed(hash, key.stateKey());
        return finish(hash);
    }

    /** The length goes in first, so that what follows cannot be taken for a part of it. */
    static void feed(MessageDigest hash, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        hash.update((byte) (bytes.length >>> 24));
        hash.update((byte) (bytes.length >>> 16));
        hash.update((byte) (bytes.length >>> 8));
        hash.update((byte) bytes.length);
        hash.update(bytes);
    }

    /** Plainly, since comparing states does little else. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TrieDigest that && high == that.high && low == that.low;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(high);
    }

    void feed(MessageDigest hash) {
        hash.update(ByteBuffer.allocate(16).putLong(high).putLong(low).flip());
    }

    private static MessageDigest fresh() {
        MessageDigest hash = SHA_256.get();
        hash.reset();
        return hash;
    }

    private static TrieDigest finish(MessageDigest hash) {
        ByteBuffer bytes = ByteBuffer.wrap(hash.digest());
        return new TrieDigest(bytes.getLong(), bytes.getLong());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
