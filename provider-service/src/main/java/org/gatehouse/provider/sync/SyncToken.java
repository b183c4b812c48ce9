package org.gatehouse.provider.sync;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How far a client has seen: an offset of each partition of pdu-judged, as {@code s10_0.2s_3.f}: the generation of the
 * offsets, then partition and offset in base 36. Partitions of which nothing was seen are left out.
 */
public record SyncToken(int generation, SortedMap<Integer, Long> offsets) {

    private static final int RADIX = 36;

    public SyncToken {
        offsets = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(offsets));
    }

    /** Reads the form of {@link #toString()}; empty if it is not of that form. */
    public static Optional<SyncToken> parse(String text) {
        if (!text.startsWith("s")) {
            return Optional.empty();
        }
        try {
            String[] parts = text.substring(1).split("_", -1);
            SortedMap<Integer, Long> offsets = new TreeMap<>();
            for (int i = 1; i < parts.length; i++) {
                int dot = parts[i].indexOf('.');
                if (dot < 1) {
                    return Optional.empty();
                }
                offsets.put(
                        Integer.parseInt(parts[i].substring(0, dot), RADIX),
                        Long.parseLong(parts[i].substring(dot + 1), RADIX));
            }
            return Optional.of(new SyncToken(Integer.parseInt(parts[0]), offsets));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** The offset up to which a partition was seen; -1 if nothing was. */
    public long at(int partition) {
        return offsets.getOrDefault(partition, -1L);
    }

    /** Whatever either has seen. */
    public SyncToken advancedTo(Map<Integer, Long> others) {
        SortedMap<Integer, Long> merged = new TreeMap<>(offsets);
        others.forEach((partition, offset) -> merged.merge(partition, offset, Math::max));
        return new SyncToken(generation, merged);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("s").append(generation);
        offsets.forEach((partition, offset) -> {
            if (offset >= 0) {
                text.append('_')
                        .append(Integer.toString(partition, RADIX))
                        .append('.')
                        .append(Long.toString(offset, RADIX));
            }
        });
        return text.toString();
    }
}
