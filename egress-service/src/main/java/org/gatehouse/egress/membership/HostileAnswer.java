package org.gatehouse.egress.membership;

/** A server's answer is not one to what was asked. The message says in which way, and holds nothing of the answer. */
final class HostileAnswer extends RuntimeException {

    private static final long serialVersionUID = 1L;

    HostileAnswer(String what) {
        super("answered with " + what);
    }
}
