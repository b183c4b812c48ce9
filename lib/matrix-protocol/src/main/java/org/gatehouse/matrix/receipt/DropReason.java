package org.gatehouse.matrix.receipt;

/** Why an event was dropped without a trace. */
public enum DropReason {
    /** Check 1: a field is missing or of the wrong form for the room version. */
    FORMAT,
    /** Check 1: the event or one of its fields is over a size limit. */
    TOO_LARGE,
    /** Check 1: not canonical JSON, or JSON that has no canonical form (a key twice, half a surrogate pair). */
    NOT_CANONICAL,
    /** Check 2: a server that must have signed has not. */
    SIGNATURE_MISSING,
    /** Check 2: a signature by a known key is false. */
    SIGNATURE_INVALID,
    /** Check 2: a server that must have signed did so only with keys that are unknown or not valid at that time. */
    KEY_UNKNOWN,
    /** Check 3: there is no SHA-256 to check. */
    HASH_MISSING
}
