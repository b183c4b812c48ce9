package org.gatehouse.matrix.roomversion;

/** Which values may stand for a power level. */
public enum PowerLevelFormat {
    /** Versions 1 to 5: integers, strings holding integers, floats (truncated). */
    LENIENT,
    /** Versions 6 to 9: integers, and strings holding integers. */
    INTEGERS_AND_STRINGS,
    /** Version 10 and later: integers only. */
    INTEGERS
}
