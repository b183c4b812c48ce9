package org.gatehouse.local;

import org.apache.kafka.clients.admin.Admin;
import org.gatehouse.preparation.CreateTopics;
import org.gatehouse.preparation.PreparationProblem;
import org.gatehouse.preparation.TopicShape;

/** Creates the topics of a cluster before its services start. */
public final class ClusterTopics {
    private ClusterTopics() {}

    /** Creates what is missing; leaves alone what is there. */
    public static void create(KafkaProcess kafka, String prefix) {
        try (Admin admin = kafka.admin()) {
            CreateTopics.missing(admin, prefix, TopicShape.DEFAULT);
        } catch (PreparationProblem e) {
            throw new ClusterProblem(String.valueOf(e.getMessage()), e);
        }
    }
}
