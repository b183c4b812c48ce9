package org.gatehouse.provider.push;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gatehouse.cluster.JudgedRecord;
import org.gatehouse.matrix.canonicaljson.CanonicalJson;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.event.ClientEvents;
import org.gatehouse.provider.appservice.AppService;
import org.gatehouse.provider.appservice.Backends;
import org.gatehouse.runtime.config.ClusterConfig;
import org.jboss.logging.Logger;

/**
 * Pushes the verdicts of one partition to one application service. A transaction is stored before it is sent, and sent
 * until the service takes it: the same identifier, the same bytes, with longer and longer pauses. For worker threads.
 */
@ApplicationScoped
class PushTransactions {

    private static final Logger LOG = Logger.getLogger(PushTransactions.class);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);

    private final Concern concern;
    private final PendingTransactions pending;
    private final Backends backends;
    private final Pause pause;
    private final int epoch;

    PushTransactions(
            Concern concern, PendingTransactions pending, Backends backends, Pause pause, ClusterConfig cluster) {
        this.concern = concern;
        this.pending = pending;
        this.backends = backends;
        this.pause = pause;
        this.epoch = cluster.generation();
    }

    /** A verdict and its offset in the partition. */
    record Feed(long offset, JudgedRecord verdict) {}

    /**
     * Sends again what was on its way when the partition changed hands.
     *
     * @param position the first offset that the service has not acknowledged
     * @return where to read on
     */
    long resume(AppService service, int partition, long position) throws InterruptedException {
        Optional<PendingTransaction> unfinished =
                pending.find(service.id(), partition).filter(transaction -> transaction.lastOffset() >= position);
        if (unfinished.isEmpty()) {
            return position;
        }
        deliver(service, unfinished.get());
        return unfinished.get().lastOffset() + 1;
    }

    /**
     * Pushes what of the verdicts concerns the service.
     *
     * @param feed not empty, in order, all of them delivered
     * @return where to read on
     */
    long push(AppService service, int partition, List<Feed> feed) throws InterruptedException {
        long first = feed.get(0).offset();
        long last = feed.get(feed.size() - 1).offset();
        List<JsonObject> events = new ArrayList<>();
        for (Feed entry : feed) {
            concern.event(service, entry.offset(), entry.verdict())
                    .map(ClientEvents::toClientFormat)
                    .ifPresent(events::add);
        }
        if (!events.isEmpty()) {
            byte[] body = CanonicalJson.write(JsonObject.of("events", JsonArray.of(events)));
            PendingTransaction transaction =
                    new PendingTransaction(PendingTransaction.txnId(epoch, partition, first, last), last, body);
            pending.put(service.id(), partition, transaction);
            deliver(service, transaction);
        }
        return last + 1;
    }

    private void deliver(AppService service, PendingTransaction transaction) throws InterruptedException {
        Duration wait = FIRST_PAUSE;
        while (!backends.push(service, transaction.txnId(), transaction.body())) {
            LOG.warnf(
                    "a transaction waits: appService=%s txnId=%s nextTry=%ds",
                    service.id(), transaction.txnId(), wait.toSeconds());
            pause.sleep(wait);
            wait = longer(wait);
        }
    }

    private static Duration longer(Duration wait) {
        Duration twice = wait.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : twice;
    }
}
