package org.gatehouse.cluster;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a service's store knows of the topics whose offsets it keeps. Kafka gives each topic an ID when it is made: one
 * that was deleted and made anew begins at offset 0 under another ID, and its records would be taken for repeats.
 */
public interface TopicLives {

    /**
     * Keeps the ID of a topic in a generation, unless there is one already.
     *
     * @param topic without the cluster's prefix
     * @return the ID that is kept now
     */
    String keep(String topic, int generation, String id);

    /** The ID that is kept. */
    Optional<String> find(String topic, int generation);

    /** The latest generation of which an ID is kept. */
    OptionalInt latestGeneration(String topic);
}
