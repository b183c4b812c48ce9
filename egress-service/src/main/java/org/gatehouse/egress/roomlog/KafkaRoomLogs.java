package org.gatehouse.egress.roomlog;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import org.gatehouse.cluster.BulkRange;
import org.gatehouse.cluster.BulkRecord;
import org.gatehouse.cluster.ReceivedRecord;
import org.gatehouse.cluster.RecordCodec;
import org.gatehouse.cluster.Topics;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.runtime.log.Outgoing;
import org.gatehouse.runtime.log.Published;
import org.gatehouse.runtime.log.Publisher;

@Singleton
class KafkaRoomLogs implements RoomLogs {

    private static final RecordCodec<BulkRecord> BULK = RecordCodec.of(BulkRecord.class);
    private static final RecordCodec<ReceivedRecord> LOG = RecordCodec.of(ReceivedRecord.class);

    /** So many are sent before their acknowledgements are awaited. */
    private static final int BATCH = 500;

    private final Publisher publisher;

    KafkaRoomLogs(Publisher publisher) {
        this.publisher = publisher;
    }

    @Override
    public BulkRange writeBulk(RoomId roomId, String bulkId, List<BulkRecord> records) {
        List<Published> written = write(records.stream()
                .map(record -> Outgoing.of(Topics.PDU_BULK, record.key(), BULK.encode(record)))
                .toList());
        if (written.isEmpty()) {
            throw new IllegalArgumentException("no records for bulk " + bulkId + " of room " + roomId);
        }
        return new BulkRange(
                bulkId,
                written.get(0).partition(),
                written.get(0).offset(),
                written.get(written.size() - 1).offset(),
                written.size());
    }

    @Override
    public void writeLog(List<? extends ReceivedRecord> records) {
        write(records.stream()
                .map(record -> Outgoing.of(Topics.PDU_RECEIVED, record.key(), LOG.encode(record)))
                .toList());
    }

    private List<Published> write(List<Outgoing> records) {
        List<Published> written = new ArrayList<>(records.size());
        for (int from = 0; from < records.size(); from += BATCH) {
            written.addAll(publisher.publishAllAndWait(records.subList(from, Math.min(records.size(), from + BATCH))));
        }
        return written;
    }
}
