package org.gatehouse.provider.delivery;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.gatehouse.cluster.RecordCodec;
import org.gatehouse.cluster.Topics;
import org.gatehouse.cluster.UnreadableRecord;
import org.gatehouse.runtime.config.ClusterConfig;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Hears what other instances delivered: the whole of provider-notify, from its end, on a thread of its own. What it
 * missed it reads from the table of delivered offsets every few seconds.
 */
@ApplicationScoped
class HearNotices {

    private static final Logger LOG = Logger.getLogger(HearNotices.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration REFRESH = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final RecordCodec<DeliveryNotice> CODEC = RecordCodec.of(DeliveryNotice.class);

    private final ProviderConsumers consumers;
    private final Listeners listeners;
    private final Watermarks watermarks;
    private final DeliveredOffsets delivered;
    private final String topic;
    private volatile boolean stopped;
    private volatile @Nullable Consumer<String, byte[]> consumer;
    private long refreshedAt;

    HearNotices(
            ProviderConsumers consumers,
            Listeners listeners,
            Watermarks watermarks,
            DeliveredOffsets delivered,
            ClusterConfig cluster) {
        this.consumers = consumers;
        this.listeners = listeners;
        this.watermarks = watermarks;
        this.delivered = delivered;
        this.topic = Topics.PROVIDER_NOTIFY.name(cluster.topicPrefix());
    }

    void start(@Observes StartupEvent event) {
        Thread thread = new Thread(this::hear, "provider-notify");
        thread.setDaemon(true);
        thread.start();
    }

    void stop(@Observes ShutdownEvent event) {
        stopped = true;
        Consumer<String, byte[]> current = consumer;
        if (current != null) {
            current.wakeup();
        }
    }

    @SuppressWarnings("CatchingUnchecked")
    private void hear() {
        while (!stopped) {
            try (Consumer<String, byte[]> fresh = consumers.alone()) {
                consumer = fresh;
                listen(fresh);
            } catch (WakeupException | InterruptException e) {
                LOG.debug("stops hearing deliveries");
            } catch (RuntimeException e) {
                LOG.warnf("deliveries of other instances cannot be heard, will try again: %s", e.getMessage());
                pause();
            }
        }
    }

    private void listen(Consumer<String, byte[]> fresh) {
        List<TopicPartition> all = fresh.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        if (all.isEmpty()) {
            throw new KafkaException("there is no topic " + topic);
        }
        fresh.assign(all);
        fresh.seekToEnd(all);
        all.forEach(fresh::position);
        while (!stopped) {
            refresh();
            for (ConsumerRecord<String, byte[]> message : fresh.poll(POLL)) {
                tell(message);
            }
        }
    }

    private void refresh() {
        long now = System.nanoTime();
        if (refreshedAt == 0 || now - refreshedAt > REFRESH.toNanos()) {
            delivered.all().forEach(watermarks::advance);
            refreshedAt = now;
        }
    }

    private void tell(ConsumerRecord<String, byte[]> message) {
        try {
            listeners.tell(CODEC.decode(message.value()));
        } catch (UnreadableRecord e) {
            LOG.warnf("an unreadable notice at %d: %s", message.offset(), e.getMessage());
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
