package org.gatehouse.ingress.surface;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.ServerName;

/** Memberships of servers that a test has told of. */
@Singleton
class KnownMembers implements RoomMembers {

    private record Membership(RoomId roomId, ServerName server) {}

    private final Set<Membership> memberships = ConcurrentHashMap.newKeySet();

    void join(RoomId roomId, ServerName server) {
        memberships.add(new Membership(roomId, server));
    }

    @Override
    public Uni<Boolean> isIn(RoomId roomId, ServerName server) {
        return Uni.createFrom().item(memberships.contains(new Membership(roomId, server)));
    }
}
