package org.gatehouse.ingress.http;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What has been answered and not been read yet, in all: it lies in memory. */
final class UnreadAnswers {

    /** An HTTP/1.1 client asks for the next when it has read the last: one that has this much before it does not read. */
    static final long BEFORE_THE_NEXT_REQUEST = 1 << 20;

    private final long most;
    private final Map<Object, Long> byKeeper = new ConcurrentHashMap<>();

    UnreadAnswers(long most) {
        this.most = most;
    }

    /** One event loop says how many bytes its connections have not read; returns how many there are too many in all. */
    long beyondTheMost(Object keeper, long unread) {
        byKeeper.put(keeper, unread);
        long all = byKeeper.values().stream().mapToLong(Long::longValue).sum();
        return Math.max(0, all - most);
    }
}
