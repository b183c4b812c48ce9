package org.gatehouse.preparation;

import java.util.OptionalInt;
import org.gatehouse.cluster.Topics;

/**
 * How topics are made that do not exist yet.
 *
 * @param logPartitions of the log and the topics spread like it; without it {@link Topics#partitions()}
 * @param replicas copies of each; without it what the brokers do by default
 * @param minInSyncReplicas copies that must have a record before it is acknowledged; without it the brokers' default
 */
public record TopicShape(OptionalInt logPartitions, OptionalInt replicas, OptionalInt minInSyncReplicas) {

    /** As the enum and the brokers say. */
    public static final TopicShape DEFAULT =
            new TopicShape(OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty());

    int partitions(Topics topic) {
        return topic.isSpreadLikeTheLog() ? logPartitions.orElse(topic.partitions()) : topic.partitions();
    }
}
