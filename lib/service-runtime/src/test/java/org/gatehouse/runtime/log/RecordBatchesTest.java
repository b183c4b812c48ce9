package org.gatehouse.runtime.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordBatchesTest {

    private final List<List<Long>> worked = new ArrayList<>();
    private long poison = -1;
    private final RecordBatches batches = new RecordBatches(3, this::work);

    private void work(List<SourceRecord> records) {
        List<Long> offsets = records.stream().map(SourceRecord::offset).toList();
        if (offsets.contains(poison)) {
            throw new IllegalStateException("poison");
        }
        worked.add(offsets);
    }

    private RecordBatches.Ticket add(String key, long offset) {
        return batches.add(new SourceRecord("topic", 0, offset, key, new byte[0], 0));
    }

    @Test
    void takesAlongWhatWaitsBehindInTheSameKey() throws Exception {
        List<RecordBatches.Ticket> tickets = List.of(add("a", 0), add("b", 1), add("a", 2), add("a", 3), add("a", 4));

        for (RecordBatches.Ticket ticket : tickets) {
            batches.work(ticket);
        }

        assertThat(worked).containsExactly(List.of(0L, 2L, 3L), List.of(1L), List.of(4L));
    }

    @Test
    void blamesNobodyForAnothersFailure() throws Exception {
        poison = 1;
        RecordBatches.Ticket good = add("a", 0);
        RecordBatches.Ticket bad = add("a", 1);
        RecordBatches.Ticket after = add("a", 2);

        batches.work(good);
        assertThatThrownBy(() -> batches.work(bad)).hasMessage("poison");
        assertThatThrownBy(() -> batches.work(bad)).hasMessage("poison");
        // The intake has put it into quarantine and goes on.
        batches.work(after);

        assertThat(worked).containsExactly(List.of(0L), List.of(2L));
    }

    @Test
    void aRecordThatFailedForAWhileIsWorkedWithTheRestThen() throws Exception {
        poison = 0;
        RecordBatches.Ticket first = add("a", 0);
        RecordBatches.Ticket second = add("a", 1);
        assertThatThrownBy(() -> batches.work(first)).hasMessage("poison");

        poison = -1;
        batches.work(first);
        batches.work(second);

        assertThat(worked).containsExactly(List.of(0L, 1L));
    }

    @Test
    void ordersByTheKeyThatItIsGiven() throws Exception {
        SourceRecord one = new SourceRecord("topic", 0, 5, "room", new byte[0], 0);
        SourceRecord other = new SourceRecord("topic", 0, 6, "another", new byte[0], 0);
        RecordBatches.Ticket first = batches.add("partition-0", one);
        batches.add("partition-0", other);

        batches.work(first);

        assertThat(worked).containsExactly(List.of(5L, 6L));
    }
}
