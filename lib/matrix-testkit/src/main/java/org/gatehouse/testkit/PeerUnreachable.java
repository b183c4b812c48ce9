package org.gatehouse.testkit;

import org.gatehouse.matrix.identifier.ServerName;

/** A peer's request got no answer: whether it was worked is unknown. */
public final class PeerUnreachable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PeerUnreachable(ServerName destination, Throwable cause) {
        super("no answer from " + destination, cause);
    }
}
