package org.gatehouse.matrix.stateres;

import java.nio.charset.StandardCharsets;
import org.gatehouse.matrix.event.StateKey;
import org.gatehouse.matrix.identifier.EventId;
import org.jspecify.annotations.Nullable;

/** One entry of a state: a leaf of the trie. */
final class TrieEntry implements TrieNode {
    private final StateKey key;
    private final long keyHash;
    private final EventId eventId;
    private @Nullable TrieDigest digest;

    TrieEntry(StateKey key, long keyHash, EventId eventId) {
        this.key = key;
        this.keyHash = keyHash;
        this.eventId = eventId;
    }

    static TrieEntry of(StateKey key, EventId eventId) {
        return new TrieEntry(key, hashOf(key), eventId);
    }

    /** Where the key stands in the trie. State keys are chosen by others, so a hash that they cannot steer. */
    static long hashOf(StateKey key) {
        byte[] type = key.type().getBytes(StandardCharsets.UTF_8);
        byte[] stateKey = key.stateKey().getBytes(StandardCharsets.UTF_8);
        byte[] input = new byte[type.length + 1 + stateKey.length];
        System.arraycopy(type, 0, input, 0, type.length);
        System.arraycopy(stateKey, 0, input, type.length + 1, stateKey.length);
        return TrieDigest.of(input).high();
    }

    StateKey key() {
        return key;
    }

    long keyHash() {
        return keyHash;
    }

    EventId eventId() {
        return eventId;
    }

    @Override
    public TrieDigest digest() {
        TrieDigest known = digest;
        if (known == null) {
            known = TrieDigest.ofEntry(key.type(), key.stateKey(), eventId.value());
            digest = known;
        }
        return known;
    }

    @Override
    public @Nullable TrieEntry find(long hash, int depth, StateKey sought) {
        return keyHash == hash && key.equals(sought) ? this : null;
    }

    @Override
    public TrieNode with(TrieEntry entry, int depth) {
        return key.equals(entry.key) ? entry : TrieBranch.ofTwo(this, entry, depth);
    }

    @Override
    public @Nullable TrieNode without(long hash, int depth, StateKey unwanted) {
        return null;
    }

    @Override
    public boolean visit(Visitor visitor) {
        return visitor.wantsMoreAfter(this);
    }
}
