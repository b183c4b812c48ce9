package org.gatehouse.matrix.roomversion;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What redaction leaves of an event.
 *
 * @param topLevel the top-level keys that stay
 * @param content by event type, the keys of the content that stay; other types keep none
 */
public record RedactionRules(Set<String> topLevel, SortedMap<String, ContentRule> content) {

    public RedactionRules {
        topLevel = Set.copyOf(topLevel);
        content = Collections.unmodifiableSortedMap(new TreeMap<>(content));
    }

    public Optional<ContentRule> content(String eventType) {
        return Optional.ofNullable(content.get(eventType));
    }

    public RedactionRules withoutTopLevel(String... keys) {
        Set<String> fewer = new TreeSet<>(topLevel);
        fewer.removeAll(List.of(keys));
        return new RedactionRules(fewer, content);
    }

    public RedactionRules with(String eventType, ContentRule rule) {
        SortedMap<String, ContentRule> more = new TreeMap<>(content);
        more.put(eventType, rule);
        return new RedactionRules(topLevel, more);
    }

    public RedactionRules without(String eventType) {
        SortedMap<String, ContentRule> fewer = new TreeMap<>(content);
        fewer.remove(eventType);
        return new RedactionRules(topLevel, fewer);
    }

    /**
     * What stays of the content of one event type.
     *
     * @param everything whether the whole content stays
     * @param keys the keys that stay with their values
     * @param inside for keys that stay as objects, the keys inside them that stay
     */
    public record ContentRule(boolean everything, List<String> keys, SortedMap<String, List<String>> inside) {

        public ContentRule {
            keys = List.copyOf(keys);
            inside = Collections.unmodifiableSortedMap(new TreeMap<>(inside));
        }

        public static ContentRule keepAll() {
            return new ContentRule(true, List.of(), new TreeMap<>());
        }

        public static ContentRule keep(String... keys) {
            return new ContentRule(false, List.of(keys), new TreeMap<>());
        }

        /** This rule, and of the object under the key the given keys. */
        public ContentRule andInside(String key, String... kept) {
            SortedMap<String, List<String>> more = new TreeMap<>(inside);
            more.put(key, List.of(kept));
            return new ContentRule(everything, keys, more);
        }
    }
}
