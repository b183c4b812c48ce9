package org.gatehouse.egress.discovery;

import org.gatehouse.matrix.identifier.ServerName;

/** A host says in the DNS, by the target ".", that it has no Matrix server. */
public final class NoFederation extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NoFederation(ServerName server) {
        super(server + " says in the DNS that it does not federate");
    }
}
