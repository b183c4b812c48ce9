package org.gatehouse.preparation;

import io.smallrye.config.SmallRyeConfig;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.gatehouse.cassandra.CassandraNodes;

/**
 * What the operator tells: the keys that the services have too, and how many copies there are to be.
 *
 * @param topicPrefix before each topic's name, may be empty
 * @param keyspacePrefix before each keyspace's name, may be empty
 * @param replication of keyspaces that do not exist yet
 * @param topics how topics are made that do not exist yet
 * @param kafka settings of Kafka's clients: bootstrap.servers, security
 * @param kafkaTimeout how long to wait for Kafka to answer
 * @param cassandra how the nodes are reached
 */
record PreparationSettings(
        String topicPrefix,
        String keyspacePrefix,
        Replication replication,
        TopicShape topics,
        Map<String, Object> kafka,
        Duration kafkaTimeout,
        CassandraNodes cassandra) {

    private static final String KAFKA = "kafka.";
    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);

    PreparationSettings {
        kafka = Map.copyOf(kafka);
    }

    static PreparationSettings read(SmallRyeConfig config) {
        CassandraNodes nodes = config.getConfigMapping(CassandraNodes.class, CassandraNodes.PREFIX);
        return new PreparationSettings(
                text(config, "gatehouse.topic-prefix", ""),
                text(config, "gatehouse.keyspace-prefix", ""),
                Replication.of(
                        text(config, "gatehouse.preparation.cassandra-replicas", nodes.localDatacenter() + ":1")),
                new TopicShape(
                        number(config, "gatehouse.preparation.log-partitions"),
                        number(config, "gatehouse.preparation.topic-replicas"),
                        number(config, "gatehouse.preparation.min-in-sync-replicas")),
                kafka(config),
                config.getOptionalValue("gatehouse.kafka.start-timeout", Duration.class)
                        .orElse(START_TIMEOUT),
                nodes);
    }

    private static String text(SmallRyeConfig config, String key, String otherwise) {
        return config.getOptionalValue(key, String.class).orElse(otherwise);
    }

    private static OptionalInt number(SmallRyeConfig config, String key) {
        return config.getOptionalValue(key, Integer.class).map(OptionalInt::of).orElseGet(OptionalInt::empty);
    }

    private static Map<String, Object> kafka(SmallRyeConfig config) {
        Map<String, Object> settings = new TreeMap<>();
        settings.put("bootstrap.servers", "127.0.0.1:9092");
        for (String name : config.getPropertyNames()) {
            if (name.startsWith(KAFKA)) {
                config.getOptionalValue(name, String.class)
                        .ifPresent(value -> settings.put(name.substring(KAFKA.length()), value));
            }
        }
        return settings;
    }
}
