package org.gatehouse.runtime.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordMetadata;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.gatehouse.cluster.Quarantined;
import org.gatehouse.cluster.RecordCodec;
import org.gatehouse.runtime.health.WorkHealth;
import org.gatehouse.runtime.internal.ServiceUnavailable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RecordIntakeTest {

    private static final Duration SOON = Duration.ofSeconds(10);

    private final MockProducer<byte[], byte[]> kafka =
            new MockProducer<>(Cluster.empty(), true, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final WorkHealth health = new WorkHealth();
    private final Quarantine quarantine = new Quarantine(
            new Publisher(() -> kafka, PublisherTest.cluster("egress")), PublisherTest.cluster("egress"));
    private final RecordIntake intake = new RecordIntake("test", new RoomExecutors("test", 2, 10), quarantine, health);
    private final List<Long> acknowledged = Collections.synchronizedList(new ArrayList<>());

    @Test
    void acknowledgesARecordWhenItsWorkIsDone() throws Exception {
        CountDownLatch finish = new CountDownLatch(1);
        CompletableFuture<Void> done = new CompletableFuture<>();

        intake.accept(message(7, "!a", done), record -> finish.await()).await().atMost(SOON);
        assertThat(acknowledged).isEmpty();
        finish.countDown();

        assertThat(done).succeedsWithin(SOON);
        assertThat(acknowledged).containsExactly(7L);
    }

    @Test
    void waitsOutAFailureOfWhatIsAroundUs() {
        AtomicInteger tries = new AtomicInteger();
        List<Boolean> healthDuring = Collections.synchronizedList(new ArrayList<>());
        CompletableFuture<Void> done = new CompletableFuture<>();

        intake.accept(message(1, "!a", done), record -> {
                    if (tries.incrementAndGet() < 3) {
                        throw new IllegalStateException("wrapped", new ServiceUnavailable("key", "does not answer"));
                    }
                    healthDuring.add(health.call().getStatus().name().equals("UP"));
                })
                .await()
                .atMost(SOON);

        assertThat(done).succeedsWithin(SOON);
        assertThat(tries).hasValue(3);
        assertThat(healthDuring).containsExactly(false);
        assertThat(health.call().getStatus().name()).isEqualTo("UP");
        assertThat(kafka.history()).isEmpty();
    }

    @Test
    void putsARecordThatCannotBeWorkedIntoQuarantineAndGoesOn() {
        CompletableFuture<Void> poison = new CompletableFuture<>();
        CompletableFuture<Void> next = new CompletableFuture<>();

        intake.accept(message(4, "!a", poison), record -> {
                    throw new IllegalStateException("cannot be");
                })
                .await()
                .atMost(SOON);
        intake.accept(message(5, "!a", next), record -> {}).await().atMost(SOON);

        assertThat(poison).succeedsWithin(SOON);
        assertThat(next).succeedsWithin(SOON);
        Quarantined quarantined =
                RecordCodec.of(Quarantined.class).decode(kafka.history().get(0).value());
        assertThat(quarantined.topic()).isEqualTo("local.fetch-wanted");
        assertThat(quarantined.offset()).isEqualTo(4);
        assertThat(quarantined.reason()).contains("cannot be");
        assertThat(quarantined.bytes().toString()).isEqualTo("bytes of 4");
    }

    @Test
    void holdsARecordThatQuarantineDoesNotTake() {
        kafka.sendException = new TimeoutException("down");
        AtomicInteger tries = new AtomicInteger();
        CompletableFuture<Void> done = new CompletableFuture<>();

        intake.accept(message(4, "!a", done), record -> {
                    if (tries.incrementAndGet() == 2) {
                        kafka.sendException = null;
                    }
                    throw new IllegalStateException("cannot be");
                })
                .await()
                .atMost(SOON);

        assertThat(done).succeedsWithin(SOON);
        assertThat(tries).hasValue(2);
        assertThat(kafka.history()).hasSize(1);
    }

    @Test
    void leavesAHeldRecordUnacknowledgedWhenTheServiceStops() {
        AtomicInteger tries = new AtomicInteger();
        CompletableFuture<Void> done = new CompletableFuture<>();
        intake.accept(message(4, "!a", done), record -> {
                    tries.incrementAndGet();
                    throw new LogUnavailable("down");
                })
                .await()
                .atMost(SOON);

        intake.close();

        assertThat(done).isNotDone();
        assertThat(tries).hasPositiveValue();
        assertThat(intake.inFlight()).isZero();
    }

    private Message<byte[]> message(long offset, String key, CompletableFuture<Void> done) {
        byte[] value = ("bytes of " + offset).getBytes(StandardCharsets.UTF_8);
        ConsumerRecord<String, byte[]> record = new ConsumerRecord<>("local.fetch-wanted", 2, offset, key, value);
        return Message.of(value, Metadata.of(new IncomingKafkaRecordMetadata<>(record, "fetch-wanted")), () -> {
            acknowledged.add(offset);
            done.complete(null);
            return CompletableFuture.completedFuture(null);
        });
    }
}
