package org.gatehouse.provider.push;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import org.gatehouse.cluster.Topics;
import org.gatehouse.provider.appservice.AppService;
import org.gatehouse.provider.appservice.Backends;
import org.jboss.logging.Logger;

/**
 * Brings transactions to application services. One is stored before it is sent, and sent until the service takes it: the
 * same identifier, the same bytes, with longer and longer pauses. For worker threads.
 */
@ApplicationScoped
public class SendTransactions {

    private static final Logger LOG = Logger.getLogger(SendTransactions.class);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);

    private final PendingTransactions pending;
    private final Backends backends;
    private final Pause pause;

    SendTransactions(PendingTransactions pending, Backends backends, Pause pause) {
        this.pending = pending;
        this.backends = backends;
        this.pause = pause;
    }

    /**
     * Sends again what was on its way when the partition changed hands.
     *
     * @param position the first offset that the service has not acknowledged
     * @return where to read on
     */
    public long resume(Topics topic, AppService service, int partition, long position) throws InterruptedException {
        Optional<PendingTransaction> unfinished = pending.find(topic, service.id(), partition)
                .filter(transaction -> transaction.lastOffset() >= position);
        if (unfinished.isEmpty()) {
            return position;
        }
        deliver(service, unfinished.get());
        return unfinished.get().lastOffset() + 1;
    }

    /** Stores a transaction and returns when the service has it. */
    public void send(Topics topic, AppService service, int partition, PendingTransaction transaction)
            throws InterruptedException {
        pending.put(topic, service.id(), partition, transaction);
        deliver(service, transaction);
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
