package org.gatehouse.eventgraph.connect;

import java.util.List;
import java.util.function.Consumer;
import org.gatehouse.cluster.BulkRange;
import org.gatehouse.cluster.BulkRecord;

/** The bulk topic, read by the ranges that records of the log name. */
public interface BulkEvents {

    /** Hands the records of a range over in their order, in chunks. */
    void read(BulkRange range, Consumer<List<BulkRecord>> chunks);
}
