package org.gatehouse.matrix.stateres;

import java.security.MessageDigest;
import java.util.function.Consumer;
import org.gatehouse.matrix.event.StateKey;
import org.gatehouse.matrix.identifier.EventId;
import org.jspecify.annotations.Nullable;

/** One entry of a state: a leaf of the trie. */
final class TrieEntry implements TrieNode {
    private final StateKey key;
    private final long keyHash;
    private final EventId eventId;
    /** Beside the ID, so that most comparisons end here, without a look at the ID. */
    private final int eventHash;

    TrieEntry(StateKey key, long keyHash, EventId eventId) {
        this.key = key;
        this.keyHash = keyHash;
        this.eventId = eventId;
        this.eventHash = eventId.value().hashCode();
    }

    /** Where the key stands in the trie. State keys are chosen by others, so a hash that they cannot steer. */
    static long hashOf(StateKey key) {
        return TrieDigest.ofKey(key).high();
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

    boolean hasKeyOf(TrieEntry other) {
        return keyHash == other.keyHash && (key == other.key || key.equals(other.key));
    }

    /** The hash of the ID's string. */
    int eventHash() {
        return eventHash;
    }

    boolean hasEventOf(TrieEntry other) {
        return eventId == other.eventId || (eventHash == other.eventHash && eventId.equals(other.eventId));
    }

    @Override
    public void prepareDigest() {}

    @Override
    public void feed(MessageDigest hash) {
        TrieDigest.feed(hash, key.type());
        TrieDigest.feed(hash, key.stateKey());
        TrieDigest.feed(hash, eventId.value());
    }

    @Override
    public @Nullable TrieEntry find(long hash, int depth, StateKey sought) {
        return keyHash == hash && (key == sought || key.equals(sought)) ? this : null;
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
    public void visit(Consumer<TrieEntry> visitor) {
        visitor.accept(this);
    }
}
