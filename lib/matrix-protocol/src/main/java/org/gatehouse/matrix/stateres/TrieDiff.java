package org.gatehouse.matrix.stateres;

import org.jspecify.annotations.Nullable;

/** Compares two tries: walks only the subtrees whose hashes differ. */
final class TrieDiff {

    /** Is told each slot in which two states differ; one that has nothing there shows null. */
    @FunctionalInterface
    interface Visitor {
        void differs(@Nullable TrieEntry before, @Nullable TrieEntry after);
    }

    private final Visitor visitor;

    private TrieDiff(Visitor visitor) {
        this.visitor = visitor;
    }

    /** Visits what differs between two roots, in an order that the entries alone decide. */
    static void visit(TrieNode before, TrieNode after, Visitor visitor) {
        new TrieDiff(visitor).compare(before, after, 0);
    }

    private void compare(@Nullable TrieNode before, @Nullable TrieNode after, int depth) {
        if (before == after) {
            return;
        }
        if (before instanceof TrieEntry old && after instanceof TrieEntry young && old.hasKeyOf(young)) {
            if (!old.hasEventOf(young)) {
                visitor.differs(old, young);
            }
            return;
        }
        if (before instanceof TrieBranch old && after instanceof TrieBranch young) {
            if (old.isSame(young)) {
                return;
            }
            for (int rest = old.bitmap() | young.bitmap(); rest != 0; rest &= rest - 1) {
                int slot = Integer.numberOfTrailingZeros(rest);
                compare(old.child(slot), young.child(slot), depth + 1);
            }
            return;
        }
        if (before != null) {
            before.visit(old -> {
                TrieEntry young = after == null ? null : after.find(old.keyHash(), depth, old.key());
                if (young == null || !young.hasEventOf(old)) {
                    visitor.differs(old, young);
                }
            });
        }
        if (after != null) {
            after.visit(young -> {
                if (before == null || before.find(young.keyHash(), depth, young.key()) == null) {
                    visitor.differs(null, young);
                }
            });
        }
    }
}
