package org.gatehouse.local;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.gatehouse.cluster.Topics;

/** Creates the topics of a cluster before its services start. */
public final class ClusterTopics {
    private static final short REPLICATION = 1;

    private ClusterTopics() {}

    /** Creates what is missing; leaves alone what is there. */
    public static void create(KafkaProcess kafka, String prefix) {
        try (Admin admin = kafka.admin()) {
            Set<String> known = admin.listTopics().names().get();
            List<NewTopic> missing = new ArrayList<>();
            for (Topics topic : Topics.values()) {
                if (!known.contains(topic.name(prefix))) {
                    missing.add(new NewTopic(topic.name(prefix), topic.partitions(), REPLICATION)
                            .configs(configuration(topic.retention())));
                }
            }
            admin.createTopics(missing).all().get();
        } catch (ExecutionException e) {
            throw new ClusterProblem("Cannot create the topics %s*: %s".formatted(prefix, e.getCause()), e);
        } catch (InterruptedException e) {
            throw ClusterProblem.interrupted(e);
        }
    }

    private static Map<String, String> configuration(Topics.Retention retention) {
        return switch (retention) {
            case COMPACTED -> Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
            case HOUR -> Map.of(TopicConfig.RETENTION_MS_CONFIG, millis(Duration.ofHours(1)));
            case WEEK -> Map.of(TopicConfig.RETENTION_MS_CONFIG, millis(Duration.ofDays(7)));
            case FOREVER -> Map.of(TopicConfig.RETENTION_MS_CONFIG, "-1");
        };
    }

    private static String millis(Duration duration) {
        return Long.toString(duration.toMillis());
    }
}
