package org.gatehouse.egress.discovery;

import java.util.List;

/**
 * How to reach one server.
 *
 * @param targets where to connect, in the order in which they are to be tried; at most {@value #MAX_TARGETS}
 * @param hostHeader the Host header of each request, with the port if the name that it comes from had one
 * @param tlsName the name, or the address without brackets, that the certificate has to be for
 */
public record ServerRoute(List<Target> targets, String hostHeader, String tlsName) {

    /** A peer may publish a thousand SRV records; no more than this many are tried. */
    public static final int MAX_TARGETS = 4;

    /**
     * One place to connect to.
     *
     * @param host a DNS name, or an address without brackets
     */
    public record Target(String host, int port) {
        @Override
        public String toString() {
            return host.indexOf(':') < 0 ? host + ":" + port : "[" + host + "]:" + port;
        }
    }

    public ServerRoute {
        targets = List.copyOf(targets.subList(0, Math.min(MAX_TARGETS, targets.size())));
    }

    /** One target, asked for its own name. */
    public static ServerRoute to(String host, int port, String hostHeader) {
        String bare = withoutBrackets(host);
        return new ServerRoute(List.of(new Target(bare, port)), hostHeader, bare);
    }

    static String withoutBrackets(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }
}
