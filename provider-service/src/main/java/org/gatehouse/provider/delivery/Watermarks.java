package org.gatehouse.provider.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Up to where each partition of pdu-judged is delivered, as far as this instance knows. It may lag behind, then a sync
 * shows something later; it never runs ahead.
 */
@ApplicationScoped
public class Watermarks {

    private final ConcurrentMap<Integer, Long> offsets = new ConcurrentHashMap<>();

    public void advance(int partition, long offset) {
        offsets.merge(partition, offset, Math::max);
    }

    /** The offset of a partition; -1 if nothing is known of it. */
    public long at(int partition) {
        return offsets.getOrDefault(partition, -1L);
    }

    public SortedMap<Integer, Long> all() {
        return new TreeMap<>(offsets);
    }
}
