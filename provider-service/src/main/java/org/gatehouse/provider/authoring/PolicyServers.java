package org.gatehouse.provider.authoring;

import org.gatehouse.cluster.PolicyServer;
import org.gatehouse.matrix.event.Pdu;

/** Asks the policy servers of rooms. */
public interface PolicyServers {

    /**
     * The policy server's signature on the event, checked.
     *
     * @throws org.gatehouse.runtime.http.MatrixError if it refuses, in its own words; 502 if it does not answer
     * @throws org.gatehouse.runtime.internal.ServiceUnavailable if a service of ours does not answer
     */
    String signature(Pdu event, PolicyServer policy);
}
