package org.gatehouse.matrix.stateres;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.function.Consumer;
import org.gatehouse.matrix.event.StateKey;
import org.jspecify.annotations.Nullable;

/** At least two entries whose keys have the same hash, by key. Rare enough to be seen in tests only. */
final class TrieBucket implements TrieNode {
    private final TrieEntry[] entries;

    private TrieBucket(TrieEntry[] entries) {
        this.entries = entries;
    }

    static TrieBucket of(TrieEntry... entries) {
        TrieEntry[] sorted = entries.clone();
        Arrays.sort(sorted, (a, b) -> a.key().compareTo(b.key()));
        return new TrieBucket(sorted);
    }

    @Override
    public void prepareDigest() {}

    @Override
    public void feed(MessageDigest hash) {
        hash.update((byte) entries.length);
        for (TrieEntry entry : entries) {
            entry.feed(hash);
        }
    }

    @Override
    public @Nullable TrieEntry find(long keyHash, int depth, StateKey key) {
        for (TrieEntry entry : entries) {
            if (entry.key().equals(key)) {
                return entry;
            }
        }
        return null;
    }

    @Override
    public TrieNode with(TrieEntry entry, int depth) {
        TrieEntry[] rest = others(entry.key());
        TrieEntry[] more = Arrays.copyOf(rest, rest.length + 1);
        more[rest.length] = entry;
        return of(more);
    }

    @Override
    public TrieNode without(long keyHash, int depth, StateKey key) {
        TrieEntry[] rest = others(key);
        return rest.length == 1 ? rest[0] : new TrieBucket(rest);
    }

    @Override
    public void visit(Consumer<TrieEntry> visitor) {
        for (TrieEntry entry : entries) {
            visitor.accept(entry);
        }
    }

    private TrieEntry[] others(StateKey key) {
        return Arrays.stream(entries).filter(entry -> !entry.key().equals(key)).toArray(TrieEntry[]::new);
    }
}
