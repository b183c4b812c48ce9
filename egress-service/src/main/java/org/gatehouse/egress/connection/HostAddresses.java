package org.gatehouse.egress.connection;

import java.net.InetAddress;
import java.util.List;

/** Addresses of host names. */
interface HostAddresses {

    /** The addresses of a DNS name or of an address written without brackets; none if it has none. */
    List<InetAddress> find(String host);
}
