package org.gatehouse.runtime.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.gatehouse.cluster.EncodedRecord;
import org.gatehouse.cluster.Topics;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.runtime.config.ClusterConfig;
import org.gatehouse.runtime.config.InternalAddresses;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class PublisherTest {

    private static final EncodedRecord MESSAGE =
            new EncodedRecord(new byte[] {1, 2}, List.of(new EncodedRecord.Header("event-id", "$a")));

    @Test
    void tellsWhereAnAcknowledgedRecordLies() {
        MockProducer<byte[], byte[]> kafka = producer(true);
        Publisher publisher = new Publisher(() -> kafka, cluster("ingress"));

        Published published =
                publisher.publish(Topics.PDU_RECEIVED, "!room", MESSAGE).await().atMost(Duration.ofSeconds(5));

        assertThat(published).isEqualTo(new Published(0, 0));
        ProducerRecord<byte[], byte[]> record = kafka.history().get(0);
        assertThat(record.topic()).isEqualTo("local.pdu-received");
        assertThat(new String(record.key(), StandardCharsets.UTF_8)).isEqualTo("!room");
        assertThat(record.value()).isEqualTo(MESSAGE.value());
        assertThat(record.headers().lastHeader("event-id").value()).isEqualTo("$a".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void waitsForEveryAcknowledgement() {
        MockProducer<byte[], byte[]> kafka = producer(false);
        Publisher publisher = new Publisher(() -> kafka, cluster("ingress"));
        CompletableFuture<List<Published>> all = publisher
                .publishAll(List.of(
                        Outgoing.of(Topics.PDU_RECEIVED, "!a", MESSAGE),
                        Outgoing.of(Topics.PDU_RECEIVED, "!b", MESSAGE)))
                .subscribeAsCompletionStage()
                .toCompletableFuture();
        while (kafka.history().size() < 2) {
            Thread.onSpinWait();
        }

        kafka.completeNext();
        assertThat(all).isNotDone();
        kafka.completeNext();

        assertThat(all)
                .succeedsWithin(Duration.ofSeconds(5))
                .satisfies(list -> assertThat(list).hasSize(2));
    }

    @Test
    void failsWhenKafkaRefuses() {
        MockProducer<byte[], byte[]> kafka = producer(true);
        kafka.sendException = new TimeoutException("topic not present in metadata");
        Publisher publisher = new Publisher(() -> kafka, cluster("ingress"));

        assertThatThrownBy(() -> publisher.publishAndWait(Topics.PDU_RECEIVED, "!a", MESSAGE))
                .isInstanceOf(LogUnavailable.class)
                .hasMessageContaining("not present");
        assertThatThrownBy(() -> publisher
                        .publish(Topics.PDU_RECEIVED, "!a", MESSAGE)
                        .await()
                        .atMost(Duration.ofSeconds(6)))
                .isInstanceOf(LogUnavailable.class);
    }

    @Test
    void failsInFiveSecondsWhenNothingIsAcknowledged() {
        Publisher publisher = new Publisher(() -> producer(false), cluster("ingress"));
        long start = System.nanoTime();

        assertThatThrownBy(() -> publisher
                        .publish(Topics.PDU_RECEIVED, "!a", MESSAGE)
                        .await()
                        .atMost(Duration.ofSeconds(10)))
                .isInstanceOf(LogUnavailable.class);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(5_800));
    }

    @Test
    void publishesOnlyWhereTheTopicNamesTheService() {
        MockProducer<byte[], byte[]> kafka = producer(true);
        Publisher publisher = new Publisher(() -> kafka, cluster("ingress"));

        assertThatThrownBy(() -> publisher.publish(Topics.PDU_JUDGED, "!a", MESSAGE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("pdu-judged");
        assertThat(kafka.history()).isEmpty();
    }

    private static MockProducer<byte[], byte[]> producer(boolean acknowledging) {
        return new MockProducer<>(
                Cluster.empty(), acknowledging, null, new ByteArraySerializer(), new ByteArraySerializer());
    }

    static ClusterConfig cluster(String service) {
        return new ClusterConfig(
                service,
                "local",
                List.of(new ServerName("one.example")),
                "local.",
                "local_",
                10,
                new InternalAddresses(Map.of()));
    }
}
