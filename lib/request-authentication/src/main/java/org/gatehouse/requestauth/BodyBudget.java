package org.gatehouse.requestauth;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;

/**
 * How many bytes of request bodies are held in memory at the same time: from when they come until their request is
 * answered. One address may hold half of them, so that a few slow senders do not keep all others out.
 */
@Singleton
class BodyBudget {

    private final long limit;
    private final Map<String, Long> holders = new HashMap<>();
    private long held;

    @Inject
    BodyBudget(RequestAuthenticationConfig config) {
        this(config.bodiesInFlight().asLongValue());
    }

    BodyBudget(long limit) {
        this.limit = limit;
    }

    /** A share for the body of one request of that address; empty at first. */
    Share open(String address) {
        return new Share(address);
    }

    private synchronized boolean take(String address, long bytes) {
        long ofAddress = holders.getOrDefault(address, 0L) + bytes;
        if (held + bytes > limit || ofAddress > limit / 2) {
            return false;
        }
        held += bytes;
        holders.put(address, ofAddress);
        return true;
    }

    private synchronized void give(String address, long bytes) {
        held -= bytes;
        holders.computeIfPresent(address, (name, ofAddress) -> ofAddress > bytes ? ofAddress - bytes : null);
    }

    synchronized long held() {
        return held;
    }

    /** What one request holds. */
    final class Share {

        private final String address;
        private long bytes;
        private boolean closed;

        private Share(String address) {
            this.address = address;
        }

        /** Whether that much more may be held. */
        synchronized boolean take(long more) {
            if (closed || !BodyBudget.this.take(address, more)) {
                return false;
            }
            bytes += more;
            return true;
        }

        /** Gives all back; nothing can be taken any more. */
        synchronized void close() {
            if (!closed) {
                closed = true;
                give(address, bytes);
            }
        }
    }
}
