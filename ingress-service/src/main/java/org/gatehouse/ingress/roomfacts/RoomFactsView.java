package org.gatehouse.ingress.roomfacts;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.runtime.log.LogUnavailable;

/** The facts of every room that the cluster knows. */
public interface RoomFactsView {

    /** How long it may take to be sure that a room is unknown: as long as Kafka has to take a record. */
    Duration PATIENCE = Duration.ofSeconds(5);

    /**
     * The facts of a room. A room is called unknown only after reading to an end of the topic that was taken after this
     * call, so that no instance denies a room that another has joined.
     */
    Uni<Optional<KnownRoom>> of(RoomId roomId);

    /**
     * The facts of several rooms at once; unknown ones are absent. Fails with {@link LogUnavailable} if Kafka does not
     * say in time whether a room is unknown.
     */
    default Uni<Map<RoomId, KnownRoom>> ofAll(Collection<RoomId> roomIds) {
        if (roomIds.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        List<RoomId> asked = List.copyOf(roomIds);
        return Uni.join()
                .all(asked.stream().map(this::of).toList())
                .andFailFast()
                .map(found -> byId(asked, found))
                .ifNoItem()
                .after(PATIENCE)
                .failWith(() -> new LogUnavailable("room-facts cannot be read to its end"));
    }

    private static Map<RoomId, KnownRoom> byId(List<RoomId> asked, List<Optional<KnownRoom>> found) {
        Map<RoomId, KnownRoom> known = new LinkedHashMap<>();
        for (int i = 0; i < asked.size(); i++) {
            RoomId id = asked.get(i);
            found.get(i).ifPresent(room -> known.put(id, room));
        }
        return known;
    }
}
