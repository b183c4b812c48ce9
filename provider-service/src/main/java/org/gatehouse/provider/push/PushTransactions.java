package org.gatehouse.provider.push;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import org.gatehouse.cluster.JudgedRecord;
import org.gatehouse.cluster.Topics;
import org.gatehouse.matrix.canonicaljson.CanonicalJson;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.event.ClientEvents;
import org.gatehouse.provider.appservice.AppService;
import org.gatehouse.runtime.config.ClusterConfig;

/** Pushes the verdicts of one partition to one application service. For worker threads. */
@ApplicationScoped
class PushTransactions {

    private final Concern concern;
    private final SendTransactions send;
    private final int epoch;

    PushTransactions(Concern concern, SendTransactions send, ClusterConfig cluster) {
        this.concern = concern;
        this.send = send;
        this.epoch = cluster.generation();
    }

    /** A verdict and its offset in the partition. */
    record Feed(long offset, JudgedRecord verdict) {}

    /** See {@link SendTransactions#resume}. */
    long resume(AppService service, int partition, long position) throws InterruptedException {
        return send.resume(Topics.PDU_JUDGED, service, partition, position);
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
            String txnId = PendingTransaction.txnId(epoch, Topics.PDU_JUDGED, partition, first, last);
            send.send(Topics.PDU_JUDGED, service, partition, new PendingTransaction(txnId, last, body));
        }
        return last + 1;
    }
}
