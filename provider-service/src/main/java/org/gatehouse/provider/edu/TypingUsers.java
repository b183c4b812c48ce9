package org.gatehouse.provider.edu;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.gatehouse.cluster.ReceivedEdu;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.UserId;

/**
 * Which users of other servers type in which rooms, as one application service has been told. Who does not say it again
 * within a minute has ceased; the others hear of it with the room's next change.
 */
@ApplicationScoped
class TypingUsers {

    /** How long other servers let it stand; they say it again before. */
    static final Duration LASTS = Duration.ofSeconds(60);

    private final Cache<Place, Map<UserId, Long>> rooms =
            Caffeine.newBuilder().maximumSize(50_000).expireAfterWrite(LASTS).build();

    private record Place(String appService, RoomId roomId) {}

    /**
     * Takes what a user does.
     *
     * @param at when it was received, in milliseconds
     * @param now in milliseconds
     * @return who types in the room now
     */
    SortedSet<UserId> take(String appService, ReceivedEdu.Typing typing, long at, long now) {
        Place place = new Place(appService, typing.roomId());
        Map<UserId, Long> after = rooms.asMap().compute(place, (room, before) -> {
            Map<UserId, Long> users = before == null ? new TreeMap<>() : new TreeMap<>(before);
            if (typing.typing()) {
                users.put(typing.userId(), at + LASTS.toMillis());
            } else {
                users.remove(typing.userId());
            }
            users.values().removeIf(until -> until <= now);
            return users;
        });
        return new TreeSet<>(after.keySet());
    }
}
