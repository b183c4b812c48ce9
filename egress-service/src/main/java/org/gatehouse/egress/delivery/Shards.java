package org.gatehouse.egress.delivery;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.gatehouse.egress.delivery.Destinations.Standing;
import org.gatehouse.matrix.identifier.ServerName;

/** The destinations of the shards that this instance owns. */
final class Shards {

    private final Destinations rows;
    private final OutboundLog log;
    private final BackOff backOff;
    private final Clock clock;
    private final Map<Integer, Map<DestinationId, Destination>> owned = new ConcurrentHashMap<>();

    Shards(Destinations rows, OutboundLog log, BackOff backOff, Clock clock) {
        this.rows = rows;
        this.log = log;
        this.backOff = backOff;
        this.clock = clock;
    }

    /** Takes a shard over: reads where its destinations stand. Does nothing if it is owned already. */
    void own(int shard) {
        if (owned.containsKey(shard)) {
            return;
        }
        Map<DestinationId, Destination> destinations = new ConcurrentHashMap<>();
        for (Standing row : rows.ofShard(shard)) {
            destinations.put(row.id(), destination(row));
        }
        owned.putIfAbsent(shard, destinations);
    }

    /** Gives a shard away. */
    void disown(int shard) {
        Map<DestinationId, Destination> destinations = owned.remove(shard);
        if (destinations != null) {
            destinations.values().forEach(Destination::close);
        }
    }

    /**
     * The destination, new if it was not known.
     *
     * @param before the offset before the first event that it is to get
     */
    Destination find(int shard, DestinationId id, long before) {
        own(shard);
        Map<DestinationId, Destination> destinations = owned.getOrDefault(shard, new ConcurrentHashMap<>());
        return destinations.computeIfAbsent(
                id, unknown -> destination(new Standing(shard, id, before, false, Optional.empty())));
    }

    /** All destinations of one server. */
    List<Destination> of(ServerName server) {
        List<Destination> found = new ArrayList<>();
        all().forEach(destination -> {
            if (destination.id().destination().equals(server)) {
                found.add(destination);
            }
        });
        return found;
    }

    Collection<Destination> all() {
        List<Destination> all = new ArrayList<>();
        owned.values().forEach(destinations -> all.addAll(destinations.values()));
        return all;
    }

    private Destination destination(Standing row) {
        return new Destination(row, rows, log, backOff, clock);
    }
}
