package org.gatehouse.matrix.stateres;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.gatehouse.matrix.event.StateKey;
import org.gatehouse.matrix.identifier.EventId;
import org.jspecify.annotations.Nullable;

/**
 * A room state: an immutable map from slot to event. A change makes a new map that shares all but a few nodes with the
 * old one; maps with the same entries have the same shape and the same hashes, however they were made; so comparing two
 * maps walks only where they differ.
 *
 * <p>Safe to share between threads: hashes are computed once asked for, and every thread computes the same.
 */
public final class StateMap {

    public static final StateMap EMPTY = new StateMap(TrieBranch.EMPTY, 0);

    private final TrieBranch root;
    private final int size;

    private StateMap(TrieBranch root, int size) {
        this.root = root;
        this.size = size;
    }

    public Optional<EventId> get(StateKey key) {
        TrieEntry entry = root.find(TrieEntry.hashOf(key), 0, key);
        return entry == null ? Optional.empty() : Optional.of(entry.eventId());
    }

    public StateMap with(StateKey key, EventId eventId) {
        long hash = TrieEntry.hashOf(key);
        TrieEntry before = root.find(hash, 0, key);
        if (before == null) {
            return new StateMap(root.with(new TrieEntry(key, hash, eventId), 0), size + 1);
        }
        // The same key object again, so that comparing states mostly ends at the reference.
        return before.eventId().equals(eventId)
                ? this
                : new StateMap(root.with(new TrieEntry(before.key(), hash, eventId), 0), size);
    }

    public StateMap without(StateKey key) {
        return without(TrieEntry.hashOf(key), key);
    }

    StateMap without(long hash, StateKey key) {
        if (root.find(hash, 0, key) == null) {
            return this;
        }
        TrieNode rest = root.without(hash, 0, key);
        return size == 1 ? EMPTY : new StateMap(TrieBranch.asRoot(rest), size - 1);
    }

    public int size() {
        return size;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    /**
     * Eight bytes of a hash over all entries: equal for equal states. Good for logs, keys and quick refusals; two
     * states are the same if {@link #equals} says so, which compares twice as many.
     */
    public long rootHash() {
        return root.digest().high();
    }

    /** Visits every entry, by type and then state key, in code-point order. */
    public void forEach(BiConsumer<StateKey, EventId> visitor) {
        List<TrieEntry> entries = new ArrayList<>(size);
        root.visit(entries::add);
        entries.sort((a, b) -> a.key().compareTo(b.key()));
        for (TrieEntry entry : entries) {
            visitor.accept(entry.key(), entry.eventId());
        }
    }

    /** What changes from this state to the other, in the order of the slots. */
    public List<StateChange> diff(StateMap other) {
        List<StateChange> changes = new ArrayList<>();
        visitDifference(other, (before, after) -> changes.add(StateChange.of(before, after)));
        changes.sort((a, b) -> a.key().compareTo(b.key()));
        return changes;
    }

    /** As {@link #diff}, in the order of the trie, with the entries themselves. */
    void visitDifference(StateMap other, TrieDiff.Visitor visitor) {
        TrieDiff.visit(root, other.root, visitor);
    }

    /** The entry of a key whose hash is known. */
    @Nullable
    TrieEntry entry(long keyHash, StateKey key) {
        return root.find(keyHash, 0, key);
    }

    /** As {@link #with(StateKey, EventId)}, where this state is known to differ there. */
    StateMap with(TrieEntry entry) {
        boolean isNew = root.find(entry.keyHash(), 0, entry.key()) == null;
        return new StateMap(root.with(entry, 0), isNew ? size + 1 : size);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof StateMap that && size == that.size && root.isSame(that.root));
    }

    @Override
    public int hashCode() {
        return Long.hashCode(rootHash());
    }

    /** For people: how many entries, and the root hash. */
    @Override
    public String toString() {
        return "StateMap[" + size + " entries, " + Long.toHexString(rootHash()) + "]";
    }
}
