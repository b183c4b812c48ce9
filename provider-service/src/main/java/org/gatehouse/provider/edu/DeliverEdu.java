package org.gatehouse.provider.edu;

import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.gatehouse.cluster.ReceivedEdu;
import org.gatehouse.cluster.RecordCodec;
import org.gatehouse.provider.appservice.AppService;
import org.gatehouse.runtime.config.ClusterConfig;
import org.gatehouse.runtime.log.InfrastructureFailure;
import org.gatehouse.runtime.log.SourceRecord;

/** Brings one record of edu-received into the transaction of an application service; a bad one goes to quarantine. */
@ApplicationScoped
class DeliverEdu {

    private static final RecordCodec<ReceivedEdu> CODEC = RecordCodec.of(ReceivedEdu.class);
    private static final byte[] NOTHING = {};

    private final DeliverEphemeral ephemeral;
    private final DeliverToDevice toDevice;
    private final BadRecords badRecords;
    private final int generation;

    DeliverEdu(DeliverEphemeral ephemeral, DeliverToDevice toDevice, BadRecords badRecords, ClusterConfig cluster) {
        this.ephemeral = ephemeral;
        this.toDevice = toDevice;
        this.badRecords = badRecords;
        this.generation = cluster.generation();
    }

    /** Throws only what passes by itself: then the whole transaction is to be made again. */
    void deliver(AppService service, ConsumerRecord<String, byte[]> message, EduTransaction transaction) {
        SourceRecord source = source(message);
        try {
            deliver(service, source, CODEC.decode(source.value()), transaction);
        } catch (RuntimeException failure) {
            if (InfrastructureFailure.is(failure)) {
                throw failure;
            }
            badRecords.put(source, failure.toString());
        }
    }

    private void deliver(AppService service, SourceRecord source, ReceivedEdu edu, EduTransaction transaction) {
        if (edu instanceof ReceivedEdu.Typing typing) {
            ephemeral.typing(service, typing, source.timestamp(), transaction);
        } else if (edu instanceof ReceivedEdu.ReadReceipts receipts) {
            ephemeral.receipts(service, receipts, transaction);
        } else if (edu instanceof ReceivedEdu.Presence presence) {
            ephemeral.presence(service, presence, source.timestamp(), transaction);
        } else if (edu instanceof ReceivedEdu.ToDevice message) {
            EduPlace place = new EduPlace(generation, source.partition(), source.offset());
            toDevice.deliver(service, message, place, transaction);
        }
    }

    private static SourceRecord source(ConsumerRecord<String, byte[]> message) {
        return new SourceRecord(
                message.topic(),
                message.partition(),
                message.offset(),
                message.key() == null ? "" : message.key(),
                message.value() == null ? NOTHING : message.value(),
                message.timestamp());
    }
}
