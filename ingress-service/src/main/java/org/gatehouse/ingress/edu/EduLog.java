package org.gatehouse.ingress.edu;

import io.smallrye.mutiny.Uni;
import org.gatehouse.cluster.ReceivedEdu;

/** What the consumers of EDUs read. */
public interface EduLog {

    /**
     * Appends a record; records of one key that are appended one after another lie there in that order.
     *
     * @return completes when all in-sync replicas have it; fails with LogUnavailable within 5 s
     */
    Uni<Void> append(ReceivedEdu edu);
}
