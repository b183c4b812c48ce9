package org.gatehouse.provider.edu;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.gatehouse.cluster.Topics;
import org.gatehouse.provider.appservice.AppService;
import org.gatehouse.provider.push.FeedWork;
import org.gatehouse.provider.push.PendingTransaction;
import org.gatehouse.provider.push.SendTransactions;
import org.gatehouse.provider.push.WaitOut;
import org.gatehouse.runtime.config.ClusterConfig;

/**
 * What a worker does with records of edu-received for one application service: cut them into transactions of bounded
 * size, and push what concerns it. What device lists and signing keys say is not told yet.
 */
@ApplicationScoped
class EduWork implements FeedWork {

    private static final int MAX_BYTES = 512 * 1024;

    private final DeliverEdu deliver;
    private final SendTransactions send;
    private final WaitOut waitOut;
    private final int epoch;

    EduWork(DeliverEdu deliver, SendTransactions send, WaitOut waitOut, ClusterConfig cluster) {
        this.deliver = deliver;
        this.send = send;
        this.waitOut = waitOut;
        this.epoch = cluster.generation();
    }

    @Override
    public Topics topic() {
        return Topics.EDU_RECEIVED;
    }

    @Override
    public String groupSuffix() {
        return "-edus";
    }

    @Override
    public boolean isFor(AppService service) {
        return service.receivesEphemeral();
    }

    @Override
    public long resume(AppService service, int partition, long position) throws InterruptedException {
        return waitOut.failuresOf(service, () -> send.resume(topic(), service, partition, position));
    }

    @Override
    public long push(AppService service, int partition, List<ConsumerRecord<String, byte[]>> records)
            throws InterruptedException {
        long next = records.get(0).offset();
        for (List<ConsumerRecord<String, byte[]>> cut : cut(records)) {
            next = waitOut.failuresOf(service, () -> pushCut(service, partition, cut));
        }
        return next;
    }

    private long pushCut(AppService service, int partition, List<ConsumerRecord<String, byte[]>> records)
            throws InterruptedException {
        EduTransaction transaction = new EduTransaction();
        for (ConsumerRecord<String, byte[]> message : records) {
            deliver.deliver(service, message, transaction);
        }
        long first = records.get(0).offset();
        long last = records.get(records.size() - 1).offset();
        if (!transaction.isEmpty()) {
            String txnId = PendingTransaction.txnId(epoch, topic(), partition, first, last);
            send.send(topic(), service, partition, new PendingTransaction(txnId, last, transaction.body()));
        }
        return last + 1;
    }

    private static List<List<ConsumerRecord<String, byte[]>>> cut(List<ConsumerRecord<String, byte[]>> records) {
        List<List<ConsumerRecord<String, byte[]>>> cuts = new ArrayList<>();
        List<ConsumerRecord<String, byte[]>> current = new ArrayList<>();
        int bytes = 0;
        for (ConsumerRecord<String, byte[]> message : records) {
            current.add(message);
            bytes += message.serializedValueSize();
            if (bytes >= MAX_BYTES) {
                cuts.add(current);
                current = new ArrayList<>();
                bytes = 0;
            }
        }
        if (!current.isEmpty()) {
            cuts.add(current);
        }
        return cuts;
    }
}
