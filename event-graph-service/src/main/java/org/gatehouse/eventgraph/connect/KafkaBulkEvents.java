package org.gatehouse.eventgraph.connect;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.gatehouse.cluster.BulkRange;
import org.gatehouse.cluster.BulkRecord;
import org.gatehouse.runtime.log.BulkReader;

/** Reads pdu-bulk. */
@Singleton
public class KafkaBulkEvents implements BulkEvents {

    private static final int CHUNK = 128;

    private final BulkReader reader;

    public KafkaBulkEvents(BulkReader reader) {
        this.reader = reader;
    }

    @Override
    public void read(BulkRange range, Consumer<List<BulkRecord>> chunks) {
        try (Stream<BulkRecord> records = reader.read(range)) {
            List<BulkRecord> chunk = new ArrayList<>(CHUNK);
            for (Iterator<BulkRecord> next = records.iterator(); next.hasNext(); ) {
                chunk.add(next.next());
                if (chunk.size() == CHUNK) {
                    chunks.accept(chunk);
                    chunk = new ArrayList<>(CHUNK);
                }
            }
            if (!chunk.isEmpty()) {
                chunks.accept(chunk);
            }
        }
    }
}
