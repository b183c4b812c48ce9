package org.gatehouse.egress.policy;

import java.time.Duration;
import org.gatehouse.matrix.identifier.ServerName;

/** Policy servers that are hosted names: nothing leaves the cluster. */
interface HostedPolicyServers {

    Word ask(Question question, ServerName origin, Duration deadline);
}
