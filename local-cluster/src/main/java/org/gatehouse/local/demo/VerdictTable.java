package org.gatehouse.local.demo;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.gatehouse.cluster.JudgedRecord;
import org.gatehouse.cluster.RecordCodec;
import org.gatehouse.cluster.Topics;
import org.gatehouse.local.Cluster;
import org.gatehouse.local.demo.TwoServersConverse.Narrator;
import org.gatehouse.matrix.canonicaljson.StrictJson;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;

/** The verdicts of a room's events, read from each cluster's log, side by side. */
final class VerdictTable {

    private static final RecordCodec<JudgedRecord> CODEC = RecordCodec.of(JudgedRecord.class);

    private VerdictTable() {}

    static void print(List<Cluster> clusters, RoomId room, Narrator narrator) {
        Map<EventId, String> titles = new LinkedHashMap<>();
        List<Map<EventId, String>> verdicts = new ArrayList<>();
        for (Cluster cluster : clusters) {
            Map<EventId, String> ofCluster = new LinkedHashMap<>();
            for (JudgedRecord.Judged judged : judged(cluster, room)) {
                titles.putIfAbsent(judged.eventId(), title(judged));
                ofCluster.put(judged.eventId(), judged.verdict().wireName() + " at " + judged.ordinal());
            }
            verdicts.add(ofCluster);
        }
        narrator.say("verdicts, in the order of %s's log:", clusters.get(0).name());
        titles.forEach((id, title) -> narrator.say(
                "    %-9s %-38s %-18s %s",
                id.toString().substring(0, 9),
                title,
                verdicts.get(0).getOrDefault(id, "-"),
                verdicts.get(1).getOrDefault(id, "-")));
    }

    private static String title(JudgedRecord.Judged judged) {
        return StrictJson.parseObject(judged.pdu().canonical()).string("type").orElse("?") + " from " + judged.origin();
    }

    private static List<JudgedRecord.Judged> judged(Cluster cluster, RoomId room) {
        List<JudgedRecord.Judged> found = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(config(cluster), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            String topic = Topics.PDU_JUDGED.name(cluster.plan().topicPrefix());
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<byte[], byte[]> message : consumer.poll(Duration.ofMillis(100))) {
                    if (room.toString().equals(new String(message.key(), StandardCharsets.UTF_8))
                            && CODEC.decode(message.value()) instanceof JudgedRecord.Judged judged) {
                        found.add(judged);
                    }
                }
            }
        }
        return found;
    }

    private static Properties config(Cluster cluster) {
        Properties config = new Properties();
        config.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, cluster.plan().kafka());
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        return config;
    }
}
