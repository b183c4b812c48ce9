package org.gatehouse.egress.connection;

/** The way out to other servers. */
public interface Outbound {

    /**
     * Sends a request and waits for the whole answer, whatever its status; redirects are not followed.
     *
     * @throws Unreachable if no target of the route can be reached, its certificate is not valid for the route's name,
     *     all of its addresses are forbidden, the answer is too long or takes too long
     */
    HttpAnswer exchange(HttpCall call);
}
