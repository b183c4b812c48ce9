package org.gatehouse.egress.fetch;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.runtime.config.ClusterConfig;

/** In whose name another server is asked about a room: it answers only servers that it knows to be there. */
@Singleton
public class OurNames {

    /** A cluster may host a thousand names; so many are tried. */
    private static final int MOST = 5;

    private static final int MAX_ROOMS = 100_000;

    private final ClusterConfig cluster;
    private final Cache<RoomId, ServerName> seen =
            Caffeine.newBuilder().maximumSize(MAX_ROOMS).build();

    public OurNames(ClusterConfig cluster) {
        this.cluster = cluster;
    }

    /** A hosted name is known to be in a room: one of its users sent an event, or it was answered. */
    public void isThere(RoomId roomId, ServerName name) {
        if (cluster.hosts(name) && !name.equals(seen.getIfPresent(roomId))) {
            seen.put(roomId, name);
        }
    }

    /** Whether a server is one of ours, which nobody asks. */
    boolean isOurs(ServerName server) {
        return cluster.hosts(server);
    }

    /** Hosted names, the likeliest first. */
    public List<ServerName> candidates(RoomId roomId) {
        List<ServerName> names = new ArrayList<>();
        ServerName known = seen.getIfPresent(roomId);
        if (known != null) {
            names.add(known);
        }
        cluster.serverNames().stream()
                .filter(name -> !name.equals(known))
                .limit(MOST - names.size())
                .forEach(names::add);
        return names;
    }
}
