package org.gatehouse.egress.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import org.gatehouse.egress.testing.FakeServer;
import org.gatehouse.egress.testing.FakeServer.Reply;
import org.gatehouse.egress.testing.FakeServer.Request;
import org.gatehouse.egress.testing.Federation;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.JsonValue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Transactions to a homeserver over TLS, with the cursors in memory. */
class DeliveryTest {

    private static final int SHARD = 3;

    @TempDir
    Path folder;

    private final Map<DestinationId, Destinations.Standing> rows = new HashMap<>();
    private final List<LoggedPdu> topic = new ArrayList<>();
    private final Set<Long> acknowledged = new HashSet<>();
    private final List<Long> putAside = new ArrayList<>();
    private boolean cassandraIsDown;
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private Federation federation;
    private FakeServer remote;
    private DestinationId id;
    private Shards shards;

    @BeforeEach
    void start() throws Exception {
        federation = new Federation(folder);
        remote = federation.remote;
        id = new DestinationId(remote.name(), Federation.OURS);
        restart();
        answer(n -> new Reply(200, JsonObject.of("pdus", JsonObject.EMPTY)));
    }

    @AfterEach
    void stop() {
        federation.close();
    }

    @Test
    void sendsInOrderAndKeepsTheCursor() {
        publish(0, 3);

        work();

        assertThat(remote.requests()).hasSize(1);
        Request sent = remote.requests().get(0);
        assertThat(sent.uri()).startsWith("/_matrix/federation/v1/send/3-0-2-");
        assertThat(sent.body().orElseThrow().string("origin")).contains(Federation.OURS.toString());
        assertThat(sent.body().orElseThrow().integer("origin_server_ts")).hasValue(now.toEpochMilli());
        assertThat(numbers(sent)).containsExactly(0, 1, 2);
        assertThat(acknowledged).containsExactlyInAnyOrder(0L, 1L, 2L);
        assertThat(rows.get(id).delivered()).isEqualTo(2);
        assertThat(rows.get(id).pending()).isEmpty();
    }

    @Test
    void sendsAtMostFiftyEventsATime() {
        publish(0, 120);

        work();

        assertThat(remote.requests())
                .extracting(request -> numbers(request).size())
                .containsExactly(50, 50, 20);
    }

    @Test
    void acknowledgesNothingThatIsNotStored() {
        cassandraIsDown = true;
        publish(0, 1);

        assertThatThrownBy(this::work).isInstanceOf(IllegalStateException.class);

        assertThat(acknowledged).isEmpty();
        assertThat(remote.requests()).isEmpty();
        cassandraIsDown = false;
        destination().heldUp();
        now = now.plusSeconds(1);
        work();
        assertThat(acknowledged).containsExactly(0L);
    }

    @Test
    void repeatsTheSameTransactionUntilItIsTaken() {
        answer(n -> new Reply(n < 2 ? 500 : 200, JsonObject.EMPTY));
        publish(0, 1);
        work();
        publish(1, 1);
        now = now.plusSeconds(1);
        work();
        now = now.plusSeconds(2);

        work();

        List<Request> sent = remote.requests();
        assertThat(sent).hasSize(4);
        assertThat(sent.get(1)).isEqualTo(sent.get(0));
        assertThat(sent.get(2)).isEqualTo(sent.get(0));
        assertThat(numbers(sent.get(3))).containsExactly(1);
    }

    @Test
    void doublesTheBackOffToTheLongest() {
        answer(n -> new Reply(503, JsonObject.EMPTY));
        publish(0, 1);
        List<Long> waits = new ArrayList<>();
        Instant last = now;
        while (waits.size() < 9) {
            int before = remote.requests().size();
            work();
            if (remote.requests().size() > before) {
                waits.add(Duration.between(last, now).toSeconds());
                last = now;
            }
            now = now.plusSeconds(1);
        }
        assertThat(waits).containsExactly(0L, 1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L);
    }

    @Test
    void aSignOfLifeEndsTheBackOff() {
        answer(n -> new Reply(n < 5 ? 503 : 200, JsonObject.EMPTY));
        publish(0, 1);
        for (int i = 0; i < 5; i++) {
            work();
            now = now.plusSeconds(60);
        }
        now = now.minusSeconds(60);
        work();
        assertThat(remote.requests()).hasSize(5);

        destination().heard();
        work();

        assertThat(rows.get(id).delivered()).isZero();
    }

    @Test
    void waitsAsLongAsTheServerAsksForIfThatIsLonger() {
        publish(0, 1);
        destination().failed(Optional.of(Duration.ofSeconds(30)));

        now = now.plusSeconds(29);
        assertThat(destination().tryStart()).isFalse();
        now = now.plusSeconds(1);
        assertThat(destination().tryStart()).isTrue();
    }

    @Test
    void whoTakesOverSendsThePendingTransactionAgainWithTheSameBytes() {
        answer(n -> new Reply(n == 0 ? 500 : 200, JsonObject.EMPTY));
        publish(0, 2);
        work();

        restart();
        redeliver(0, 2);
        work();

        assertThat(remote.requests()).hasSize(2);
        assertThat(remote.requests().get(1)).isEqualTo(remote.requests().get(0));
        assertThat(acknowledged).contains(0L, 1L);
    }

    @Test
    void goesOnAfterARestartEvenIfNoRecordComes() {
        answer(n -> new Reply(n == 0 ? 500 : 200, JsonObject.EMPTY));
        publish(0, 2);
        work();

        restart();
        shards.own(SHARD);
        work();

        assertThat(rows.get(id).delivered()).isEqualTo(1);
    }

    @Test
    void doesNotSendAgainWhatIsReadAgain() {
        publish(0, 3);
        work();

        restart();
        redeliver(0, 3);
        publish(3, 1);
        work();

        assertThat(remote.requests()).hasSize(2);
        assertThat(numbers(remote.requests().get(1))).containsExactly(3);
    }

    @Test
    void aServerThatStaysAwayIsNotHeldInMemoryAndMissesNothing() {
        answer(n -> new Reply(n < 3 ? 502 : 200, JsonObject.EMPTY));
        publish(0, 60);
        for (int i = 0; i < 3; i++) {
            work();
            now = now.plusSeconds(10);
        }
        assertThat(acknowledged).hasSize(60);
        assertThat(rows.get(id).behind()).isTrue();
        publish(60, 30);
        assertThat(acknowledged)
                .as("while it is behind records are passed at once")
                .hasSize(90);

        now = now.plusSeconds(60);
        work();

        assertThat(received()).isEqualTo(range(0, 90));
        assertThat(rows.get(id).behind()).isFalse();
        publish(90, 1);
        work();
        assertThat(received()).isEqualTo(range(0, 91));
    }

    @Test
    void aServerThatIsBehindGoesOnAfterARestart() {
        answer(n -> new Reply(n < 3 ? 502 : 200, JsonObject.EMPTY));
        publish(0, 60);
        for (int i = 0; i < 3; i++) {
            work();
            now = now.plusSeconds(10);
        }
        publish(60, 10);

        restart();
        shards.own(SHARD);
        work();

        assertThat(received()).isEqualTo(range(0, 70));
    }

    @Test
    void tooMuchQueuedPutsAServerBehind() {
        publish(0, Destination.MOST_QUEUED + 1);

        assertThat(rows.get(id).behind()).isTrue();
        assertThat(acknowledged).hasSize(Destination.MOST_QUEUED + 1);
        work();
        assertThat(received()).isEqualTo(range(0, Destination.MOST_QUEUED + 1));
    }

    @Test
    void aPoisonEventIsFoundAndPutAsideAndTheOthersArrive() {
        remote.on(
                "PUT /_matrix/federation/v1/send/",
                request -> numbers(request).contains(7)
                        ? new Reply(400, FakeServer.error("M_BAD_JSON"))
                        : new Reply(200, JsonObject.EMPTY));
        publish(0, 20);

        for (int i = 0; i < 20; i++) {
            work();
            now = now.plusSeconds(60);
        }

        assertThat(putAside).containsExactly(7L);
        List<Integer> expected = new ArrayList<>(range(0, 20));
        expected.remove(Integer.valueOf(7));
        assertThat(received()).isEqualTo(expected);
        assertThat(rows.get(id).delivered()).isEqualTo(19);
    }

    @Test
    void destinationsOfOneRecordAreAcknowledgedTogether() {
        List<String> acks = new ArrayList<>();
        java.util.concurrent.atomic.AtomicInteger left = new java.util.concurrent.atomic.AtomicInteger(2);
        Runnable acknowledge = () -> {
            if (left.decrementAndGet() == 0) {
                acks.add("done");
            }
        };
        DestinationId other = new DestinationId(new org.gatehouse.matrix.identifier.ServerName("b"), Federation.OURS);
        shards.find(SHARD, id, -1).accept(pdu(0), acknowledge);
        shards.find(SHARD, other, -1).accept(pdu(0), acknowledge);

        work(shards.find(SHARD, id, -1));
        assertThat(acks).isEmpty();
        shards.find(SHARD, other, -1).next();

        assertThat(acks).containsExactly("done");
    }

    private void restart() {
        BackOff backOff = new BackOff(Duration.ofSeconds(1), Duration.ofSeconds(60));
        shards = new Shards(new Rows(), this::read, backOff, new TestClock());
    }

    private Destination destination() {
        return shards.find(SHARD, id, -1);
    }

    private void work() {
        work(destination());
    }

    private void work(Destination destination) {
        if (destination.tryStart()) {
            new SendTransaction(federation.client, (where, event, reason) -> putAside.add(event.offset()))
                    .sendAll(destination);
        }
    }

    private void publish(int from, int count) {
        for (int i = from; i < from + count; i++) {
            topic.add(pdu(i));
        }
        redeliver(from, count);
    }

    private void redeliver(int from, int count) {
        for (int i = from; i < from + count; i++) {
            long offset = i;
            shards.find(SHARD, id, offset - 1).accept(pdu(i), () -> acknowledged.add(offset));
        }
    }

    private static LoggedPdu pdu(int number) {
        return new LoggedPdu(number, ("{\"n\":" + number + "}").getBytes(StandardCharsets.UTF_8));
    }

    private OutboundLog.Stretch read(int shard, long from, DestinationId wanted, int most) {
        List<LoggedPdu> found = topic.stream()
                .filter(event -> event.offset() >= from)
                .limit(most)
                .toList();
        long next = found.isEmpty()
                ? Math.max(from, topic.size())
                : found.get(found.size() - 1).offset() + 1;
        return new OutboundLog.Stretch(found, next, next >= topic.size());
    }

    private void answer(IntFunction<Reply> byNumber) {
        remote.on(
                "PUT /_matrix/federation/v1/send/",
                request -> byNumber.apply(remote.requests().size() - 1));
    }

    private static List<Integer> numbers(Request request) {
        List<Integer> numbers = new ArrayList<>();
        for (JsonValue pdu :
                request.body().orElseThrow().array("pdus").orElseThrow().values()) {
            numbers.add((int) pdu.asObject().orElseThrow().integer("n").orElseThrow());
        }
        return numbers;
    }

    /** Events of transactions that were taken, in order, a repeat of the same transaction counted once. */
    private List<Integer> received() {
        Map<String, List<Integer>> byTxn = new java.util.LinkedHashMap<>();
        for (Request request : remote.requests()) {
            boolean refused = numbers(request).stream().anyMatch(number -> putAside.contains(number.longValue()));
            if (!refused) {
                byTxn.put(request.uri(), numbers(request));
            }
        }
        return byTxn.values().stream().flatMap(List::stream).toList();
    }

    private static List<Integer> range(int from, int to) {
        return java.util.stream.IntStream.range(from, to).boxed().toList();
    }

    private final class Rows implements Destinations {
        @Override
        public List<Standing> ofShard(int shard) {
            return List.copyOf(rows.values());
        }

        @Override
        public void put(Standing row) {
            if (cassandraIsDown) {
                throw new IllegalStateException("Cassandra is down");
            }
            Optional<PendingTransaction> pending = row.pending()
                    .map(each -> new PendingTransaction(
                            each.txnId(), each.offsets(), each.body().clone()));
            rows.put(row.id(), new Standing(row.shard(), row.id(), row.delivered(), row.behind(), pending));
        }
    }

    private final class TestClock extends Clock {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
