package org.gatehouse.ingress.serverlist;

/** A file that cannot be a list of servers. */
final class BrokenServerList extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BrokenServerList(String message) {
        super(message, null, false, false);
    }
}
