package org.gatehouse.runtime.start;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.gatehouse.cluster.TopicLives;
import org.gatehouse.cluster.Topics;
import org.gatehouse.runtime.config.ClusterConfig;
import org.gatehouse.runtime.log.KafkaConnections;

/**
 * The topics that a service reads must be those whose offsets its store keeps. One that was made anew while
 * {@code gatehouse.generation} stayed would begin at offset 0, and its records would be taken for repeats and lost
 * without a word: the service does not start.
 */
@Singleton
public class TopicsOfThisGeneration {

    private static final int AFTER_KAFKA = Interceptor.Priority.PLATFORM_BEFORE + 10;

    private final Instance<TopicLives> lives;
    private final ClusterConfig cluster;
    private final KafkaIds ids;

    /** The IDs of those topics that exist, by their full names. */
    @FunctionalInterface
    interface KafkaIds {
        Map<String, String> of(List<String> topics);
    }

    @Inject
    TopicsOfThisGeneration(Instance<TopicLives> lives, ClusterConfig cluster, KafkaConnections connections) {
        this.lives = lives;
        this.cluster = cluster;
        this.ids = topics -> ask(connections, topics);
    }

    void check(@Observes @Priority(AFTER_KAFKA) StartupEvent event) {
        List<String> problems = settle();
        if (!problems.isEmpty()) {
            throw new StartRefused("%s does not start: %s".formatted(cluster.service(), String.join("; ", problems)));
        }
    }

    /** Keeps the IDs of topics that are new to the store; what is wrong with those that are not. */
    public List<String> settle() {
        List<Topics> kept = Topics.of(cluster.service()).stream()
                .filter(topic -> keepsOffsetsOf(topic, cluster.service()))
                .toList();
        if (kept.isEmpty() || !lives.isResolvable()) {
            return List.of();
        }
        return problems(kept, lives.get());
    }

    static boolean keepsOffsetsOf(Topics topic, String service) {
        boolean lasting = topic.retention() == Topics.Retention.FOREVER || topic.retention() == Topics.Retention.WEEK;
        return lasting && topic.readers().contains(service);
    }

    private List<String> problems(List<Topics> topics, TopicLives known) {
        Map<String, String> found = ids.of(
                topics.stream().map(topic -> topic.name(cluster.topicPrefix())).toList());
        List<String> problems = new ArrayList<>();
        for (Topics topic : topics) {
            String name = topic.name(cluster.topicPrefix());
            problem(topic, name, Optional.ofNullable(found.get(name)), cluster.generation(), known)
                    .ifPresent(problems::add);
        }
        return problems;
    }

    static Optional<String> problem(Topics topic, String name, Optional<String> id, int generation, TopicLives known) {
        int latest = known.latestGeneration(topic.baseName()).orElse(generation);
        if (latest > generation) {
            return Optional.of("gatehouse.generation is %d, but %s was read in generation %d before; never lower it"
                    .formatted(generation, name, latest));
        }
        if (id.isEmpty()) {
            return known.find(topic.baseName(), generation)
                    .map(before -> "topic %s is gone, whose offsets the store keeps; if it is to be made anew, raise"
                                    .formatted(name)
                            + " gatehouse.generation (docs/runbooks/head-ahead.md)");
        }
        String kept = known.keep(topic.baseName(), generation, id.get());
        return kept.equals(id.get())
                ? Optional.empty()
                : Optional.of("topic %s was made anew: its ID is %s, the store keeps offsets of %s; raise"
                                .formatted(name, id.get(), kept)
                        + " gatehouse.generation on all services (docs/runbooks/head-ahead.md)");
    }

    private static Map<String, String> ask(KafkaConnections connections, List<String> topics) {
        Map<String, String> found = new TreeMap<>();
        try (Admin admin = connections.admin()) {
            for (Map.Entry<String, KafkaFuture<TopicDescription>> topic :
                    admin.describeTopics(topics).topicNameValues().entrySet()) {
                id(topic.getValue()).ifPresent(id -> found.put(topic.getKey(), id));
            }
            return found;
        } catch (ExecutionException e) {
            throw new StartRefused("Kafka does not tell its topics: " + e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartRefused("interrupted while asking Kafka for its topics");
        }
    }

    private static Optional<String> id(KafkaFuture<TopicDescription> topic)
            throws ExecutionException, InterruptedException {
        try {
            return Optional.of(topic.get().topicId().toString());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
