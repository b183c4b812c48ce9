package org.gatehouse.ingress.transaction;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.gatehouse.matrix.identifier.EventId;

/**
 * Events whose record this instance saw acknowledged: they are not verified or published again. Forgetting one costs a
 * repeated record, which event-graph recognises.
 */
@ApplicationScoped
class LoggedEvents {

    private final Cache<EventId, Boolean> recent = Caffeine.newBuilder()
            .maximumSize(200_000)
            .expireAfterWrite(Duration.ofHours(1))
            .build();

    void add(EventId eventId) {
        recent.put(eventId, Boolean.TRUE);
    }

    boolean knows(EventId eventId) {
        return recent.getIfPresent(eventId) != null;
    }
}
