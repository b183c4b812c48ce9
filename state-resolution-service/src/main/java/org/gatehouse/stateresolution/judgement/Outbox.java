package org.gatehouse.stateresolution.judgement;

import java.util.List;
import org.gatehouse.cluster.ClusterRecord;

/** Where the judge's outputs go. */
@FunctionalInterface
public interface Outbox {

    /** Publishes records in their order, and returns when all are acknowledged. */
    void publish(List<ClusterRecord> outputs);
}
