package org.gatehouse.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.gatehouse.local.ClusterService;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.JsonString;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.testkit.ClientUser;
import org.gatehouse.testkit.FederationPeer;
import org.gatehouse.testkit.PeerRoom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the judge says of rooms reaches each instance of ingress in no time: its ACLs, and that they are known at all. */
@Tag("slow")
class TwoDoorsRoomFactsTest {

    private static final int CHANGES = 10;
    private static final int NEW_ROOMS = 10;
    private static final int JOINED_ROOMS = 2;
    private static final Duration GOAL = Duration.ofSeconds(1);
    private static final Duration AT_MOST = Duration.ofSeconds(5);

    private final PairedCluster pair = Clusters.pair();
    private final ServerName server = pair.firstName();
    private final ClientUser alice = Clusters.user(pair.cluster(), "alice", server);
    private final List<FederationPeer> atTheDoors = new ArrayList<>();

    /** One peer at each door, both at one address, so that one pattern of an ACL denies both. */
    @BeforeEach
    void goToTheDoors() {
        for (int port : List.of(
                pair.cluster().plan().portsOf(ClusterService.INGRESS).https(),
                pair.second(ClusterService.INGRESS).httpsPort())) {
            FederationPeer peer = Clusters.peer();
            peer.reachAt(server, "127.0.0.1:" + port);
            atTheDoors.add(peer);
        }
    }

    @AfterEach
    void leave() {
        atTheDoors.forEach(FederationPeer::close);
    }

    @Test
    void aChangedAclHoldsAtEachDoorWithinASecond() {
        RoomId room = Rooms.publicRoom(alice, "11");
        List<PeerRoom> seen = atTheDoors.stream()
                .map(peer -> peer.join(server, room, peer.identity().user("guest")))
                .toList();
        List<Duration> times = new ArrayList<>();

        try (FactsOfRooms facts = new FactsOfRooms(pair.cluster().plan().topicPrefix())) {
            for (int i = 0; i < CHANGES; i++) {
                boolean denied = i % 2 == 0;
                List<CompletableFuture<Long>> changed = IntStream.range(0, atTheDoors.size())
                        .mapToObj(door -> CompletableFuture.supplyAsync(() -> whenItIs(denied, door, seen.get(door))))
                        .toList();
                alice.setState(room, "m.room.server_acl", "", acl(denied)).ok();
                long fact = facts.whenSaidOf(room);
                changed.forEach(door -> times.add(Duration.ofMillis(Math.max(0, door.join() - fact))));
            }
        }

        List<Duration> sorted = times.stream().sorted().toList();
        System.out.printf(
                "from the fact to its effect at each door: median %d ms, longest %d ms, of %d%n",
                sorted.get(sorted.size() / 2).toMillis(),
                sorted.get(sorted.size() - 1).toMillis(),
                sorted.size());
        assertThat(sorted.get(sorted.size() / 2)).isLessThan(GOAL);
        assertThat(sorted).allMatch(time -> time.compareTo(AT_MOST) < 0);
    }

    /** Asks until the door answers as the ACL has it: 403 for a read, and an error for an event that is pushed. */
    private long whenItIs(boolean denied, int door, PeerRoom room) {
        FederationPeer peer = atTheDoors.get(door);
        UserId guest = peer.identity().user("guest");
        String read = "/_matrix/federation/v1/make_leave/"
                + FederationPeer.encode(room.roomId().toString()) + "/" + FederationPeer.encode(guest.toString());
        await().atMost(Rooms.PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> peer.get(server, read).status() == (denied ? 403 : 200));
        long now = System.currentTimeMillis();
        Pdu message = room.message(guest, denied + " at " + now);
        JsonObject result = peer.sendTransaction(server, "acl-" + door + "-" + now, List.of(message))
                .object()
                .object("pdus")
                .flatMap(pdus -> pdus.object(message.eventId().value()))
                .orElseThrow();
        assertThat(result.string("error").isPresent()).as("%s", result).isEqualTo(denied);
        return now;
    }

    private static JsonObject acl(boolean denied) {
        JsonArray deny = denied ? JsonArray.of(new JsonString("127.0.0.1")) : JsonArray.EMPTY;
        return JsonObject.EMPTY
                .with("allow", JsonArray.of(new JsonString("*")))
                .with("deny", deny)
                .with("allow_ip_literals", true);
    }

    @Test
    void noDoorCallsARoomUnknownThatTheClusterHasMade() {
        for (int i = 0; i < NEW_ROOMS; i++) {
            RoomId room = Rooms.publicRoom(alice, i % 2 == 0 ? "11" : "12");

            assertThatEachDoorKnows(room);
        }
    }

    /** The join goes through event-graph, the judge and provider-service; none of the doors has a part in it. */
    @Test
    void noDoorCallsARoomUnknownThatTheClusterHasJoined() {
        ServerName first = Clusters.nameOf(Clusters.first());
        ClientUser bob = Clusters.user(Clusters.first(), "bob");
        for (int i = 0; i < JOINED_ROOMS; i++) {
            RoomId room = Rooms.publicRoom(bob, "11");
            alice.join(room, first.toString()).ok();

            assertThatEachDoorKnows(room);
        }
    }

    private void assertThatEachDoorKnows(RoomId room) {
        List<CompletableFuture<Integer>> asked = atTheDoors.stream()
                .map(peer -> CompletableFuture.supplyAsync(() -> makeJoin(peer, room)))
                .toList();
        assertThat(asked.stream().map(CompletableFuture::join)).as("%s", room).containsOnly(200);
    }

    private int makeJoin(FederationPeer peer, RoomId room) {
        UserId guest = peer.identity().user("guest");
        return peer.get(
                        server,
                        "/_matrix/federation/v1/make_join/" + FederationPeer.encode(room.toString()) + "/"
                                + FederationPeer.encode(guest.toString()) + "?ver=11&ver=12")
                .status();
    }

    /** The topic room-facts from now on. */
    private static final class FactsOfRooms implements AutoCloseable {

        private final KafkaConsumer<byte[], byte[]> consumer;

        FactsOfRooms(String prefix) {
            Properties config = new Properties();
            config.putAll(Map.of(
                    ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                    Clusters.kafka().bootstrapServers(),
                    ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
                    "20"));
            consumer = new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
            List<TopicPartition> partitions = consumer.partitionsFor(prefix + "room-facts").stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToEnd(partitions);
            partitions.forEach(consumer::position);
        }

        /** When the judge told the next facts of that room, in milliseconds since the epoch. */
        long whenSaidOf(RoomId room) {
            long end = System.nanoTime() + Rooms.PATIENCE.toNanos();
            while (System.nanoTime() < end) {
                for (ConsumerRecord<byte[], byte[]> each : consumer.poll(Duration.ofMillis(50))) {
                    if (room.toString().equals(new String(each.key(), StandardCharsets.UTF_8))) {
                        return each.timestamp();
                    }
                }
            }
            throw new AssertionError("nothing was said of " + room);
        }

        @Override
        public void close() {
            consumer.close();
        }
    }
}
