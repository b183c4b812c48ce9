package org.gatehouse.eventgraph.connect;

import java.util.List;
import org.gatehouse.cluster.ClusterRecord;

/** Where outputs are published. */
public interface Outbox {

    /** Publishes records in their order; returns when all are acknowledged. Some may be published if it fails. */
    void publish(List<ClusterRecord> outputs);
}
