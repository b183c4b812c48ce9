package org.gatehouse.ingress.surface;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.gatehouse.cluster.RoomFacts;
import org.gatehouse.ingress.roomfacts.KnownRoom;
import org.gatehouse.ingress.roomfacts.RoomFactsView;
import org.gatehouse.matrix.identifier.RoomId;

/** The rooms that a test has told of. */
@Singleton
public class InMemoryRooms implements RoomFactsView {

    private final Map<RoomId, KnownRoom> rooms = new ConcurrentHashMap<>();

    public void know(RoomFacts facts) {
        rooms.put(facts.roomId(), KnownRoom.of(facts));
    }

    @Override
    public Uni<Optional<KnownRoom>> of(RoomId roomId) {
        return Uni.createFrom().item(Optional.ofNullable(rooms.get(roomId)));
    }
}
