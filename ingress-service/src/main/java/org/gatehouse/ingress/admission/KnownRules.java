package org.gatehouse.ingress.admission;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps a label of a metric to few values, whatever callers say: the first that come, then {@code other}. */
final class KnownRules {

    private static final int MOST = 60;

    private final Set<String> known = ConcurrentHashMap.newKeySet();

    String label(String rule) {
        if (known.contains(rule)) {
            return rule;
        }
        if (known.size() >= MOST) {
            return "other";
        }
        known.add(rule);
        return rule;
    }
}
