package org.gatehouse.matrix.canonicaljson;

/** A fault that JSON parsers disagree about: it refuses the value that holds it, not the body around that value. */
public enum JsonDefect {
    /** An object with the same key twice. The last value is kept. */
    DUPLICATE_KEY,
    /** A string or key with half a surrogate pair, which UTF-8 cannot carry. It is written as its escape. */
    LONE_SURROGATE
}
