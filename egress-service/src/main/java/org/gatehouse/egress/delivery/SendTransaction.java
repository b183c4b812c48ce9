package org.gatehouse.egress.delivery;

import java.util.Optional;
import java.util.Set;
import org.gatehouse.egress.connection.Unreachable;
import org.gatehouse.egress.discovery.NoFederation;
import org.gatehouse.egress.remote.FederationClient;
import org.gatehouse.egress.remote.RemoteOperation;
import org.gatehouse.egress.remote.RemotePath;
import org.gatehouse.egress.remote.RemoteRefusal;
import org.jboss.logging.Logger;

/** Sends a destination's transactions, one at a time, until there is none left or one is not taken. */
final class SendTransaction {

    private static final Logger LOG = Logger.getLogger(SendTransaction.class);

    /** What says that the transaction itself is wrong; all else may pass. */
    private static final Set<Integer> WRONG = Set.of(400, 413, 422);

    private final FederationClient client;
    private final PutAside putAside;

    /** Keeps an event that a server refuses; returns when it is safe. */
    @FunctionalInterface
    interface PutAside {
        void put(Destination destination, LoggedPdu event, String reason);
    }

    SendTransaction(FederationClient client, PutAside putAside) {
        this.client = client;
        this.putAside = putAside;
    }

    /** One worker's turn. */
    void sendAll(Destination destination) {
        boolean goesOn = true;
        while (goesOn) {
            Optional<PendingTransaction> transaction = destination.next();
            if (transaction.isEmpty()) {
                return;
            }
            goesOn = send(destination, transaction.get());
        }
        destination.stop();
    }

    private boolean send(Destination destination, PendingTransaction transaction) {
        DestinationId id = destination.id();
        RemotePath path = RemotePath.of("v1/send", transaction.txnId());
        try {
            client.deliver(id.origin(), id.destination(), RemoteOperation.TRANSACTION, path, transaction.body());
            destination.succeeded(transaction);
            return true;
        } catch (RemoteRefusal e) {
            if (WRONG.contains(e.status())) {
                return refused(destination, transaction, e);
            }
            LOG.infof("transaction %s to %s not taken: %s", transaction.txnId(), id.destination(), e.getMessage());
            destination.failed(e.retryAfter());
            return false;
        } catch (Unreachable | NoFederation e) {
            LOG.infof("transaction %s to %s not taken: %s", transaction.txnId(), id.destination(), e.getMessage());
            destination.failed(Optional.empty());
            return false;
        }
    }

    private boolean refused(Destination destination, PendingTransaction transaction, RemoteRefusal refusal) {
        LOG.warnf(
                "transaction %s of %d events refused: %s",
                transaction.txnId(), transaction.offsets().size(), refusal.getMessage());
        if (transaction.offsets().size() > 1) {
            destination.refused(transaction);
            return true;
        }
        String reason = destination.id().destination() + " refuses it: " + refusal.status() + " " + refusal.errcode();
        putAside.put(destination, transaction.events().get(0), reason);
        destination.skipped(transaction);
        return false;
    }
}
