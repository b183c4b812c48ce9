package org.gatehouse.testkit;

/** A client door answered something other than 200. */
public final class ClientRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ClientRefused(ClientUser.Answer answer) {
        super("status %d: %s".formatted(answer.status(), answer.body()));
    }
}
