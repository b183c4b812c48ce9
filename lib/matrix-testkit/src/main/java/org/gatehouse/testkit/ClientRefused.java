package org.gatehouse.testkit;

/** A client door answered something other than 200. */
public final class ClientRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;

    ClientRefused(ClientUser.Answer answer) {
        super("status %d: %s".formatted(answer.status(), answer.body()));
        this.status = answer.status();
    }

    /** The status of the answer. */
    public int status() {
        return status;
    }
}
