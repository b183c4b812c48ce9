package org.gatehouse.provider.push;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.gatehouse.provider.appservice.AppService;
import org.jboss.logging.Logger;

/**
 * Follows a topic for one application service, on one thread. Each partition is either read or being pushed: it is
 * paused while its records are with a worker, and its offset is committed when the worker is done.
 */
final class ServiceFeed implements Runnable, ConsumerRebalanceListener {

    private static final Logger LOG = Logger.getLogger(ServiceFeed.class);
    private static final Duration POLL = Duration.ofMillis(100);

    private final AppService service;
    private final Consumer<String, byte[]> consumer;
    private final String topic;
    private final FeedWork work;
    private final ExecutorService workers;
    private final Map<TopicPartition, Future<Long>> busy = new HashMap<>();
    private volatile boolean stopped;

    ServiceFeed(
            AppService service,
            Consumer<String, byte[]> consumer,
            String topic,
            FeedWork work,
            ExecutorService workers) {
        this.service = service;
        this.consumer = consumer;
        this.topic = topic;
        this.work = work;
        this.workers = workers;
    }

    void stop() {
        stopped = true;
    }

    @Override
    public void run() {
        try (consumer) {
            consumer.subscribe(List.of(topic), this);
            while (!stopped) {
                ConsumerRecords<String, byte[]> polled = consumer.poll(POLL);
                for (TopicPartition partition : polled.partitions()) {
                    hand(partition, () -> work.push(service, partition.partition(), copy(polled, partition)));
                }
                collect();
            }
        } finally {
            busy.values().forEach(future -> future.cancel(true));
        }
    }

    private static List<ConsumerRecord<String, byte[]>> copy(
            ConsumerRecords<String, byte[]> polled, TopicPartition partition) {
        return new ArrayList<>(polled.records(partition));
    }

    private void hand(TopicPartition partition, Callable<Long> task) {
        consumer.pause(List.of(partition));
        busy.put(partition, workers.submit(task));
    }

    private void collect() {
        Iterator<Map.Entry<TopicPartition, Future<Long>>> entries =
                busy.entrySet().iterator();
        while (entries.hasNext()) {
            Map.Entry<TopicPartition, Future<Long>> entry = entries.next();
            if (entry.getValue().isDone()) {
                entries.remove();
                finish(entry.getKey(), entry.getValue());
            }
        }
    }

    private void finish(TopicPartition partition, Future<Long> done) {
        try {
            long next = done.get();
            consumer.commitSync(Map.of(partition, new OffsetAndMetadata(next)));
            consumer.seek(partition, next);
            consumer.resume(List.of(partition));
        } catch (ExecutionException e) {
            // Nothing was committed: the partition begins again where the service is known to be.
            throw new IllegalStateException("the feed of " + service.id() + " broke at " + partition, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        for (TopicPartition partition : partitions) {
            long position = consumer.position(partition);
            LOG.debugf("feeds: appService=%s partition=%d position=%d", service.id(), partition.partition(), position);
            hand(partition, () -> work.resume(service, partition.partition(), position));
        }
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        for (TopicPartition partition : partitions) {
            Future<Long> running = busy.remove(partition);
            if (running != null) {
                running.cancel(true);
            }
        }
    }
}
