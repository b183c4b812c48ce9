package org.gatehouse.egress.discovery;

import java.util.Optional;
import org.gatehouse.matrix.identifier.ServerName;

/** What hosts publish at /.well-known/matrix/server. */
public interface Delegations {

    /**
     * The server that a host delegates to; empty if it does not, or its file cannot be had or is not valid.
     *
     * @param host a DNS name without port
     */
    Optional<ServerName> find(String host);
}
