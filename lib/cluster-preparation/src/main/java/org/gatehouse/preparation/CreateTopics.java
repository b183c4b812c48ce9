package org.gatehouse.preparation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.CreateTopicsResult;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.gatehouse.cluster.Topics;

/** Creates the topics of a cluster before its services start. */
public final class CreateTopics {

    // As much as a producer of ours sends at once: an EDU alone may have a megabyte, which is Kafka's own limit.
    private static final String MAX_MESSAGE_BYTES = Integer.toString(4 * 1024 * 1024);

    private CreateTopics() {}

    /**
     * Creates what is missing; leaves alone what is there.
     *
     * @return how many were created by this call
     * @throws PreparationProblem if Kafka refuses, or a topic has another number of partitions than it should
     */
    public static int missing(Admin admin, String prefix, TopicShape shape) {
        try {
            Set<String> known = admin.listTopics().names().get();
            List<NewTopic> missing = Arrays.stream(Topics.values())
                    .filter(topic -> !known.contains(topic.name(prefix)))
                    .map(topic -> newTopic(topic, prefix, shape))
                    .toList();
            int created = created(admin.createTopics(missing));
            requirePartitions(admin, prefix, shape, known);
            return created;
        } catch (ExecutionException e) {
            throw new PreparationProblem("Cannot create the topics %s*: %s".formatted(prefix, e.getCause()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PreparationProblem("Interrupted while the topics %s* were made".formatted(prefix), e);
        }
    }

    private static NewTopic newTopic(Topics topic, String prefix, TopicShape shape) {
        Optional<Short> replicas = shape.replicas().isPresent()
                ? Optional.of((short) shape.replicas().getAsInt())
                : Optional.empty();
        Map<String, String> configuration = new TreeMap<>(retention(topic.retention()));
        configuration.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, MAX_MESSAGE_BYTES);
        shape.minInSyncReplicas()
                .ifPresent(
                        copies -> configuration.put(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, Integer.toString(copies)));
        return new NewTopic(topic.name(prefix), Optional.of(shape.partitions(topic)), replicas).configs(configuration);
    }

    /** What another runner created between our look and our request is there as well. */
    private static int created(CreateTopicsResult result) throws ExecutionException, InterruptedException {
        int created = 0;
        for (var topic : result.values().values()) {
            try {
                topic.get();
                created++;
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw e;
                }
            }
        }
        return created;
    }

    /** A key's partition depends on their number: more of them is a migration, not something to do on the side. */
    private static void requirePartitions(Admin admin, String prefix, TopicShape shape, Set<String> known)
            throws ExecutionException, InterruptedException {
        Map<String, Integer> wanted = Arrays.stream(Topics.values())
                .filter(topic -> known.contains(topic.name(prefix)))
                .collect(Collectors.toMap(topic -> topic.name(prefix), shape::partitions));
        Map<String, TopicDescription> found =
                admin.describeTopics(wanted.keySet()).allTopicNames().get();
        List<String> others = new ArrayList<>();
        new TreeMap<>(found).forEach((name, topic) -> {
            int partitions = topic.partitions().size();
            if (!Integer.valueOf(partitions).equals(wanted.get(name))) {
                others.add("%s has %d partitions, not %d".formatted(name, partitions, wanted.get(name)));
            }
        });
        if (!others.isEmpty()) {
            throw new PreparationProblem(String.join("; ", others)
                    + ". The number of partitions cannot be changed under a cluster that has data.");
        }
    }

    private static Map<String, String> retention(Topics.Retention retention) {
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
