package org.gatehouse.cluster;

import org.gatehouse.matrix.identifier.ServerName;

/** A verified request of another server came in (topic peer-heard, at most one per server and minute). */
public record PeerHeard(ServerName server) implements ClusterRecord {

    @Override
    public String key() {
        return server.toString();
    }
}
