package org.gatehouse.egress.connection;

import java.net.InetAddress;
import java.util.List;
import java.util.Set;

/**
 * Decides which addresses may be connected to. It judges the address that a connection is about to be opened to, after
 * every look-up and redirect, so that no name can talk it round.
 */
public final class AddressGuard {

    /** What is not the public Internet (IANA's special-purpose registries), or carries an IPv4 address inside. */
    private static final List<AddressRange> FORBIDDEN = AddressRange.all(
            "0.0.0.0/8", // this network
            "10.0.0.0/8", // private
            "100.64.0.0/10", // shared by carriers (CGNAT)
            "127.0.0.0/8", // loopback
            "169.254.0.0/16", // link-local: the clouds' metadata lives here
            "172.16.0.0/12", // private
            "192.0.0.0/24", // protocol assignments
            "192.0.2.0/24", // documentation
            "192.88.99.0/24", // 6to4 relays
            "192.168.0.0/16", // private
            "198.18.0.0/15", // benchmarks
            "198.51.100.0/24", // documentation
            "203.0.113.0/24", // documentation
            "224.0.0.0/4", // multicast
            "240.0.0.0/4", // reserved, broadcast
            "::/96", // unspecified, loopback, IPv4-compatible
            "::ffff:0:0:0/96", // IPv4-translated
            "64:ff9b::/96", // NAT64
            "64:ff9b:1::/48", // NAT64, local use
            "100::/64", // discard
            "2001::/23", // protocol assignments: Teredo, ORCHID
            "2001:db8::/32", // documentation
            "2002::/16", // 6to4
            "3fff::/20", // documentation
            "fc00::/7", // unique local
            "fe80::/10", // link-local
            "fec0::/10", // site-local
            "ff00::/8" // multicast
            );

    /** Ports on which no Matrix server listens, but much that is worth attacking does. */
    private static final Set<Integer> FORBIDDEN_PORTS = Set.of(
            7, 9, 19, 20, 21, 22, 23, 25, 37, 43, 53, 69, 79, 110, 111, 119, 123, 135, 137, 139, 143, 161, 179, 389,
            427, 445, 465, 512, 513, 514, 515, 587, 636, 993, 995, 1433, 1521, 2049, 2181, 2375, 2376, 2379, 2380, 3306,
            3389, 5432, 5672, 5900, 6379, 6443, 7000, 7001, 9042, 9092, 9142, 9160, 9200, 10250, 11211, 27017);

    private final boolean allowPrivateNetworks;

    /** @param allowPrivateNetworks lets every address and port pass: for local clusters and closed federations */
    public AddressGuard(boolean allowPrivateNetworks) {
        this.allowPrivateNetworks = allowPrivateNetworks;
    }

    /** An IPv4-mapped IPv6 address is judged as the IPv4 address inside: the system connects to that one. */
    public boolean allows(InetAddress address, int port) {
        return allowPrivateNetworks || (!FORBIDDEN_PORTS.contains(port) && isPublic(address));
    }

    private static boolean isPublic(InetAddress address) {
        byte[] bytes = AddressRange.unmapped(address.getAddress());
        return FORBIDDEN.stream().noneMatch(range -> range.contains(bytes));
    }
}
