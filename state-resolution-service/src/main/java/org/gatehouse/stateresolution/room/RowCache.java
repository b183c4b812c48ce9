package org.gatehouse.stateresolution.room;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rows in memory: the fresh ones, which are not stored yet and so must stay, and the most recently used of the others.
 */
final class RowCache<K, V> {

    private final Map<K, V> fresh = new HashMap<>();
    private final Map<K, V> recent;

    RowCache(int capacity) {
        recent = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > capacity;
            }
        };
    }

    @Nullable
    V get(K key) {
        V value = fresh.get(key);
        return value != null ? value : recent.get(key);
    }

    void addFresh(K key, V value) {
        fresh.put(key, value);
    }

    void add(K key, V value) {
        recent.put(key, value);
    }

    /** The fresh rows are stored now. */
    void stored() {
        recent.putAll(fresh);
        fresh.clear();
    }

    void clear() {
        fresh.clear();
        recent.clear();
    }
}
