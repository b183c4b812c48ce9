package org.gatehouse.egress.connection;

/** A server could not be reached, or did not answer as it has to. The message names what happened, never content. */
public final class Unreachable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public Unreachable(String message) {
        super(message);
    }

    public Unreachable(String message, Throwable cause) {
        super(message, cause);
    }
}
