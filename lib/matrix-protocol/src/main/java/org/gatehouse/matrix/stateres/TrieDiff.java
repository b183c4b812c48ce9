package org.gatehouse.matrix.stateres;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.gatehouse.matrix.event.StateKey;
import org.gatehouse.matrix.identifier.EventId;
import org.jspecify.annotations.Nullable;

/** Compares two tries: walks only the subtrees whose hashes differ. */
final class TrieDiff {
    private TrieDiff() {}

    /** Adds what differs between two nodes of the same place, in no particular order. */
    static void collect(@Nullable TrieNode before, @Nullable TrieNode after, List<StateChange> changes) {
        if (before == after || (before != null && after != null && before.isSame(after))) {
            return;
        }
        if (before instanceof TrieBranch old && after instanceof TrieBranch young) {
            for (int slot = 0; slot < 32; slot++) {
                collect(old.child(slot), young.child(slot), changes);
            }
            return;
        }
        compareEntries(entries(before), entries(after), changes);
    }

    private static void compareEntries(
            Map<StateKey, EventId> before, Map<StateKey, EventId> after, List<StateChange> changes) {
        before.forEach((key, old) -> {
            EventId young = after.get(key);
            if (!old.equals(young)) {
                changes.add(new StateChange(key, Optional.of(old), Optional.ofNullable(young)));
            }
        });
        after.forEach((key, young) -> {
            if (!before.containsKey(key)) {
                changes.add(new StateChange(key, Optional.empty(), Optional.of(young)));
            }
        });
    }

    private static Map<StateKey, EventId> entries(@Nullable TrieNode node) {
        Map<StateKey, EventId> entries = new TreeMap<>();
        if (node != null) {
            node.visit(entry -> {
                entries.put(entry.key(), entry.eventId());
                return true;
            });
        }
        return entries;
    }
}
