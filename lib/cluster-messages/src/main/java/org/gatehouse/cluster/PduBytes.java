package org.gatehouse.cluster;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The canonical JSON of one PDU, carried beside the head of a record and never reformatted. */
public final class PduBytes {

    private final byte[] canonical;

    /** @param canonical canonical JSON; the caller gives the array away */
    public PduBytes(byte[] canonical) {
        this.canonical = canonical;
    }

    /** The bytes themselves, not a copy: read only. */
    public byte[] canonical() {
        return canonical;
    }

    public int length() {
        return canonical.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PduBytes that && Arrays.equals(canonical, that.canonical);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(canonical);
    }

    @Override
    public String toString() {
        return new String(canonical, StandardCharsets.UTF_8);
    }
}
