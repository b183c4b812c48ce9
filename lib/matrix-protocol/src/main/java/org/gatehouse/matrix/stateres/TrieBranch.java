package org.gatehouse.matrix.stateres;

import java.security.MessageDigest;
import java.util.function.Consumer;
import org.gatehouse.matrix.event.StateKey;
import org.jspecify.annotations.Nullable;

/**
 * A branch by five bits of the hash: a bitmap of the slots in use, and the children in the order of the slots. Below
 * the root a branch never holds a lone entry, which stands one level higher instead.
 */
final class TrieBranch implements TrieNode {
    static final TrieBranch EMPTY = new TrieBranch(0, new TrieNode[0]);

    private static final int BITS = 5;
    private static final int HASH_BITS = 64;

    private final int bitmap;
    private final TrieNode[] children;
    private @Nullable TrieDigest digest;

    private TrieBranch(int bitmap, TrieNode[] children) {
        this.bitmap = bitmap;
        this.children = children;
    }

    /** Two entries of different keys that meet at this depth. */
    static TrieNode ofTwo(TrieEntry a, TrieEntry b, int depth) {
        if (depth * BITS >= HASH_BITS) {
            return TrieBucket.of(a, b);
        }
        return EMPTY.with(a, depth).with(b, depth);
    }

    /** A root is a branch, even with a single entry in it. */
    static TrieBranch asRoot(@Nullable TrieNode node) {
        if (node == null) {
            return EMPTY;
        }
        if (node instanceof TrieBranch branch) {
            return branch;
        }
        TrieEntry entry = (TrieEntry) node;
        return EMPTY.with(entry, 0);
    }

    int bitmap() {
        return bitmap;
    }

    /** The child in this slot, from 0 to 31. */
    @Nullable
    TrieNode child(int slot) {
        int bit = 1 << slot;
        return (bitmap & bit) == 0 ? null : children[index(bit)];
    }

    static int slot(long keyHash, int depth) {
        return (int) (keyHash >>> (depth * BITS)) & 31;
    }

    /** The hash over all entries below. */
    TrieDigest digest() {
        TrieDigest known = digest;
        if (known == null) {
            known = TrieDigest.ofNode(bitmap, children);
            digest = known;
        }
        return known;
    }

    /** Whether this branch holds the same entries as another one of the same place. */
    boolean isSame(TrieBranch other) {
        return this == other || digest().equals(other.digest());
    }

    @Override
    public void prepareDigest() {
        digest();
    }

    @Override
    public void feed(MessageDigest hash) {
        digest().feed(hash);
    }

    @Override
    public @Nullable TrieEntry find(long keyHash, int depth, StateKey key) {
        TrieNode child = child(slot(keyHash, depth));
        return child == null ? null : child.find(keyHash, depth + 1, key);
    }

    @Override
    public TrieBranch with(TrieEntry entry, int depth) {
        int bit = 1 << slot(entry.keyHash(), depth);
        int index = index(bit);
        if ((bitmap & bit) != 0) {
            TrieNode[] replaced = children.clone();
            replaced[index] = children[index].with(entry, depth + 1);
            return new TrieBranch(bitmap, replaced);
        }
        TrieNode[] more = new TrieNode[children.length + 1];
        System.arraycopy(children, 0, more, 0, index);
        more[index] = entry;
        System.arraycopy(children, index, more, index + 1, children.length - index);
        return new TrieBranch(bitmap | bit, more);
    }

    @Override
    public @Nullable TrieNode without(long keyHash, int depth, StateKey key) {
        int bit = 1 << slot(keyHash, depth);
        int index = index(bit);
        TrieNode rest = children[index].without(keyHash, depth + 1, key);
        if (rest != null) {
            TrieNode[] replaced = children.clone();
            replaced[index] = rest;
            return new TrieBranch(bitmap, replaced).lifted();
        }
        if (children.length == 1) {
            return null;
        }
        TrieNode[] fewer = new TrieNode[children.length - 1];
        System.arraycopy(children, 0, fewer, 0, index);
        System.arraycopy(children, index + 1, fewer, index, fewer.length - index);
        return new TrieBranch(bitmap & ~bit, fewer).lifted();
    }

    @Override
    public void visit(Consumer<TrieEntry> visitor) {
        for (TrieNode child : children) {
            child.visit(visitor);
        }
    }

    /** A lone entry stands one level higher; a lone bucket stays, since it is as deep as its hash says. */
    private TrieNode lifted() {
        return children.length == 1 && children[0] instanceof TrieEntry entry ? entry : this;
    }

    private int index(int bit) {
        return Integer.bitCount(bitmap & (bit - 1));
    }
}
