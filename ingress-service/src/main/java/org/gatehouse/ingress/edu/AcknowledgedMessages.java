package org.gatehouse.ingress.edu;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.gatehouse.cluster.PduBytes;
import org.gatehouse.cluster.ReceivedEdu;
import org.gatehouse.matrix.identifier.UserId;

/**
 * To-device messages whose record this instance saw acknowledged: they are not published again. Forgetting one costs a
 * repeated record, which its reader recognises.
 */
@ApplicationScoped
class AcknowledgedMessages {

    private final Cache<Key, Boolean> recent = Caffeine.newBuilder()
            .maximumSize(50_000)
            .expireAfterWrite(Duration.ofHours(1))
            .build();

    /** @param contents hash of what was said: one that uses an ID twice for two things loses neither */
    private record Key(UserId sender, String messageId, UserId target, int length, int contents) {

        static Key of(ReceivedEdu.ToDevice message) {
            PduBytes messages = message.messages();
            return new Key(
                    message.sender(), message.messageId(), message.target(), messages.length(), messages.hashCode());
        }
    }

    void add(ReceivedEdu.ToDevice message) {
        recent.put(Key.of(message), Boolean.TRUE);
    }

    boolean knows(ReceivedEdu.ToDevice message) {
        return recent.getIfPresent(Key.of(message)) != null;
    }
}
