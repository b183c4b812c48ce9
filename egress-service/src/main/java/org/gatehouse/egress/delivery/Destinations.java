package org.gatehouse.egress.delivery;

import java.util.List;
import java.util.Optional;

/** How far destinations have got. */
interface Destinations {

    /** All rows of a shard that belong to the current generation of the topic. */
    List<Standing> ofShard(int shard);

    void put(Standing row);

    /**
     * One destination.
     *
     * @param delivered all its events up to this offset are done with
     * @param behind whether later ones have to be read from the topic again
     * @param pending the transaction under way
     */
    record Standing(
            int shard, DestinationId id, long delivered, boolean behind, Optional<PendingTransaction> pending) {}
}
