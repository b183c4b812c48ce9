package org.gatehouse.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.testkit.ClientUser;
import org.gatehouse.testkit.FederationPeer;
import org.gatehouse.testkit.PeerRoom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** From the request of a peer to the verdict on its event, in the headers of the topics between. */
@Tag("slow")
class TraceTest {

    private static final List<String> ROAD = List.of("pdu-received", "pdu-connected", "pdu-judged");

    @Test
    void anEventBearsTheTraceOfItsRequestUpToItsVerdict() {
        ServerName server = Clusters.nameOf(Clusters.first());
        ClientUser alice = Clusters.user(Clusters.first(), "alice");
        RoomId roomId = Rooms.publicRoom(alice, "11");
        try (FederationPeer peer = Clusters.peer()) {
            UserId bob = peer.identity().user("bob");
            PeerRoom room = peer.join(server, roomId, bob);
            Pdu first = room.message(bob, "one request");
            Pdu second = room.message(bob, "another request");
            assertThat(peer.sendTransaction(server, "trace-1", List.of(first)).status())
                    .isEqualTo(200);
            assertThat(peer.sendTransaction(server, "trace-2", List.of(second)).status())
                    .isEqualTo(200);
            alice.awaitEvent(roomId, second.eventId(), Rooms.PATIENCE);

            Map<String, String> ofFirst = tracesOf(first.eventId());
            Map<String, String> ofSecond = tracesOf(second.eventId());

            assertThatItGoesAllTheWay(ofFirst);
            assertThat(ofSecond.values().stream().distinct()).hasSize(1);
            assertThat(ofSecond.get("pdu-judged")).isNotEqualTo(ofFirst.get("pdu-judged"));
        }
    }

    @Test
    void aHostedUsersEventBearsATraceToo() {
        ClientUser alice = Clusters.user(Clusters.first(), "alice");
        RoomId roomId = Rooms.publicRoom(alice, "11");
        EventId first = alice.say(roomId, "one");
        EventId second = alice.say(roomId, "another");
        alice.awaitEvent(roomId, second, Rooms.PATIENCE);

        Map<String, String> ofFirst = tracesOf(first);

        assertThatItGoesAllTheWay(ofFirst);
        assertThat(tracesOf(second).get("pdu-judged")).isNotEqualTo(ofFirst.get("pdu-judged"));
    }

    @Test
    void whatIsFetchedBearsTheTraceOfTheEventThatLackedIt() {
        ServerName server = Clusters.nameOf(Clusters.first());
        ClientUser alice = Clusters.user(Clusters.first(), "alice");
        RoomId roomId = Rooms.publicRoom(alice, "11");
        try (FederationPeer peer = Clusters.peer()) {
            UserId bob = peer.identity().user("bob");
            PeerRoom room = peer.join(server, roomId, bob);
            Pdu missing = room.message(bob, "not sent");
            Pdu pushed = room.message(bob, "sent");
            peer.answer(
                    "/_matrix/federation/v1/get_missing_events/",
                    request -> FederationPeer.Answer.ok(JsonObject.EMPTY.with("events", JsonArray.of(missing.json()))));
            peer.sendTransaction(server, "trace-gap", List.of(pushed));
            alice.awaitEvent(roomId, pushed.eventId(), Rooms.PATIENCE);

            Map<String, String> ofMissing = tracesOf(missing.eventId());

            assertThatItGoesAllTheWay(ofMissing);
            assertThat(ofMissing).isEqualTo(tracesOf(pushed.eventId()));
        }
    }

    private static void assertThatItGoesAllTheWay(Map<String, String> traces) {
        assertThat(traces.keySet()).containsExactlyInAnyOrderElementsOf(ROAD);
        assertThat(traces.values()).allMatch(trace -> trace.matches("00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]"));
        assertThat(traces.values().stream().distinct()).hasSize(1);
    }

    /** By topic, what the header of the event's record says. */
    private static Map<String, String> tracesOf(EventId eventId) {
        Map<String, String> traces = new HashMap<>();
        for (String topic : ROAD) {
            for (ConsumerRecord<byte[], byte[]> each : all(prefix() + topic)) {
                if (eventId.toString().equals(header(each, "event-id"))) {
                    traces.put(topic, header(each, "traceparent"));
                }
            }
        }
        return traces;
    }

    private static String prefix() {
        return Clusters.first().plan().topicPrefix();
    }

    private static String header(ConsumerRecord<byte[], byte[]> message, String name) {
        Header header = message.headers().lastHeader(name);
        return header == null ? "(none)" : new String(header.value(), StandardCharsets.UTF_8);
    }

    private static List<ConsumerRecord<byte[], byte[]>> all(String topic) {
        Properties config = new Properties();
        config.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, Clusters.kafka().bootstrapServers());
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<ConsumerRecord<byte[], byte[]>> read = new java.util.ArrayList<>();
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(Duration.ofMillis(200)).forEach(read::add);
            }
            return read;
        }
    }
}
