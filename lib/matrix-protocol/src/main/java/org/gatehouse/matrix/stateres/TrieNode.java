package org.gatehouse.matrix.stateres;

import java.security.MessageDigest;
import java.util.function.Consumer;
import org.gatehouse.matrix.event.StateKey;
import org.jspecify.annotations.Nullable;

/**
 * A node of the hash trie behind a {@link StateMap}: an entry, a branch by five bits of the key's hash, or a bucket of
 * entries whose keys have the same hash. The shape depends on the entries alone. The depth is bounded by the hash, so
 * that the methods may recurse.
 */
sealed interface TrieNode permits TrieEntry, TrieBranch, TrieBucket {

    /** Computes what {@link #feed} needs: one hash at a time is under way on a thread. */
    void prepareDigest();

    /** Adds to the hash of the node above. */
    void feed(MessageDigest hash);

    @Nullable
    TrieEntry find(long keyHash, int depth, StateKey key);

    /** This node with the entry put in or replaced. */
    TrieNode with(TrieEntry entry, int depth);

    /** This node without the key, which must be in it; null if nothing is left. */
    @Nullable
    TrieNode without(long keyHash, int depth, StateKey key);

    /** Visits the entries, in an order that they alone decide. */
    void visit(Consumer<TrieEntry> visitor);
}
