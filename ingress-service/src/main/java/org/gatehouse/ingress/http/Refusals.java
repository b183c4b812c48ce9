package org.gatehouse.ingress.http;

/** Is told of each request, or connection, that goes no further than the door. */
@FunctionalInterface
interface Refusals {
    void refused(String address, String rule, String reason);
}
