package org.gatehouse.ingress.pdulog;

import io.smallrye.mutiny.Uni;
import org.gatehouse.cluster.ReceivedRecord;

/** The one log a room. */
public interface PduLog {

    /**
     * Appends a record; records of one room that are appended one after another lie in the log in that order.
     *
     * @return completes when all in-sync replicas have it; fails with LogUnavailable within 5 s
     */
    Uni<Void> append(ReceivedRecord message);
}
