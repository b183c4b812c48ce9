package org.gatehouse.matrix.stateres;

import java.util.Arrays;
import java.util.Objects;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** Gives each of some things a number, from 0 on, in the order in which they come. */
final class Numbering<T> {
    static final int NONE = -1;

    private final ToIntFunction<T> hash;
    private @Nullable Object[] things = new Object[16];
    private int[] hashes = new int[16];
    /** Each number plus one, near its hash; 0 where nothing is. */
    private int[] table = new int[32];

    private int size;

    /** @param hash even for things that somebody chose to make trouble */
    Numbering(ToIntFunction<T> hash) {
        this.hash = hash;
    }

    int size() {
        return size;
    }

    @SuppressWarnings("unchecked")
    T thing(int number) {
        return (T) Objects.requireNonNull(things[number]);
    }

    /** The number of the thing, or {@link #NONE}. */
    int find(T thing) {
        return find(thing, hash.applyAsInt(thing));
    }

    /** As {@link #find(Object)}, for a thing whose hash is known. */
    int find(T thing, int hashOfThing) {
        return table[place(thing, spread(hashOfThing))] - 1;
    }

    /** The number of the thing, a new one if it had none. */
    int number(T thing) {
        int hashed = spread(hash.applyAsInt(thing));
        int at = place(thing, hashed);
        if (table[at] != 0) {
            return table[at] - 1;
        }
        if (size == things.length) {
            grow();
            at = place(thing, hashed);
        }
        things[size] = thing;
        hashes[size] = hashed;
        table[at] = ++size;
        return size - 1;
    }

    private int place(T thing, int hashed) {
        int mask = table.length - 1;
        int at = hashed & mask;
        while (table[at] != 0) {
            int number = table[at] - 1;
            if (hashes[number] == hashed && (things[number] == thing || thing.equals(things[number]))) {
                return at;
            }
            at = (at + 1) & mask;
        }
        return at;
    }

    private void grow() {
        things = Arrays.copyOf(things, 2 * size);
        hashes = Arrays.copyOf(hashes, 2 * size);
        table = new int[4 * size];
        int mask = table.length - 1;
        for (int number = 0; number < size; number++) {
            int at = hashes[number] & mask;
            while (table[at] != 0) {
                at = (at + 1) & mask;
            }
            table[at] = number + 1;
        }
    }

    private static int spread(int hash) {
        int mixed = hash * 0x9E3779B9;
        return mixed ^ (mixed >>> 15);
    }
}
