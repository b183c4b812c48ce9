package org.gatehouse.egress.delivery;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.gatehouse.cluster.OutboundPdu;
import org.gatehouse.cluster.Topics;
import org.gatehouse.egress.config.EgressConfig;
import org.gatehouse.egress.remote.FederationClient;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.runtime.config.ClusterConfig;
import org.gatehouse.runtime.log.Quarantine;
import org.gatehouse.runtime.log.SourceRecord;
import org.jboss.logging.Logger;

/** Works the destinations of this instance's shards on a bounded pool; looks four times a second who is due. */
@Startup
@Singleton
class Deliveries {

    private static final Logger LOG = Logger.getLogger(Deliveries.class);
    private static final long TICK_MILLIS = 250;

    private final Shards shards;
    private final SendTransaction sendTransaction;
    private final ClusterConfig cluster;
    private final ExecutorService senders;
    private final ScheduledExecutorService ticks;
    private final ScheduledFuture<?> tick;
    private final Set<Integer> assigned = ConcurrentHashMap.newKeySet();

    Deliveries(
            Destinations rows,
            OutboundLog log,
            FederationClient client,
            Quarantine quarantine,
            ClusterConfig cluster,
            EgressConfig config,
            Clock clock) {
        this.shards = new Shards(rows, log, new BackOff(config.firstBackOff(), config.longestBackOff()), clock);
        this.sendTransaction = new SendTransaction(
                client,
                (destination, event, reason) -> quarantine.put(
                        new SourceRecord(
                                Topics.OUTBOUND.name(cluster.topicPrefix()),
                                destination.shard(),
                                event.offset(),
                                Integer.toString(destination.shard()),
                                event.pdu(),
                                clock.millis()),
                        reason));
        this.cluster = cluster;
        AtomicInteger number = new AtomicInteger();
        this.senders = Executors.newFixedThreadPool(
                config.senders(), task -> thread(task, "sender-" + number.getAndIncrement()));
        this.ticks = Executors.newSingleThreadScheduledExecutor(task -> thread(task, "sender-ticks"));
        this.tick = ticks.scheduleWithFixedDelay(this::startAll, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private static Thread thread(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** Shards that are ours from now on. */
    void assigned(int shard) {
        assigned.add(shard);
    }

    /** Reads where an assigned shard's destinations stand, and goes on with them. */
    void own(int shard) {
        if (assigned.contains(shard)) {
            shards.own(shard);
        }
    }

    /** Shards that are another instance's from now on. */
    void revoked(int shard) {
        assigned.remove(shard);
        shards.disown(shard);
    }

    /**
     * Takes a record of the topic.
     *
     * @param acknowledge run once the event is safe for all its destinations
     */
    void accept(int shard, long offset, OutboundPdu record, Runnable acknowledge) {
        if (!assigned.contains(shard)) {
            return;
        }
        List<ServerName> destinations = record.destinations().stream()
                .filter(destination -> !cluster.hosts(destination))
                .toList();
        if (destinations.isEmpty()) {
            acknowledge.run();
            return;
        }
        shards.own(shard);
        AtomicInteger left = new AtomicInteger(destinations.size());
        LoggedPdu event = new LoggedPdu(offset, record.pdu().canonical());
        for (ServerName name : destinations) {
            Destination destination = shards.find(shard, new DestinationId(name, record.origin()), offset - 1);
            destination.accept(event, () -> {
                if (left.decrementAndGet() == 0) {
                    acknowledge.run();
                }
            });
            start(destination);
        }
    }

    /** A server lives. */
    void heard(ServerName server) {
        shards.of(server).forEach(destination -> {
            destination.heard();
            start(destination);
        });
    }

    private void startAll() {
        try {
            shards.all().forEach(this::start);
        } catch (RuntimeException e) {
            LOG.error("cannot start senders", e);
        }
    }

    private void start(Destination destination) {
        if (!destination.tryStart()) {
            return;
        }
        try {
            senders.execute(() -> send(destination));
        } catch (RejectedExecutionException closing) {
            destination.stop();
        }
    }

    private void send(Destination destination) {
        try {
            sendTransaction.sendAll(destination);
        } catch (RuntimeException e) {
            // Cassandra, Kafka or key-service: the same again in a moment.
            LOG.warnf("sending to %s is held up: %s", destination.id().destination(), e);
            destination.heldUp();
        }
    }

    void stop(@Observes ShutdownEvent event) {
        tick.cancel(false);
        ticks.shutdownNow();
        senders.shutdown();
        try {
            if (!senders.awaitTermination(5, TimeUnit.SECONDS)) {
                senders.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
