package org.gatehouse.runtime.config;

import java.util.List;
import org.gatehouse.matrix.identifier.ServerName;

/**
 * What all services are told alike.
 *
 * @param service the short name of this service, such as {@code event-graph}
 * @param cluster the cluster's name, for logs
 * @param serverNames the server names that the cluster hosts, at least one
 * @param topicPrefix before each topic's name, may be empty
 * @param keyspacePrefix before each keyspace's name, may be empty
 * @param generation of the topics' offsets, see HeadStamp
 */
public record ClusterConfig(
        String service,
        String cluster,
        List<ServerName> serverNames,
        String topicPrefix,
        String keyspacePrefix,
        int generation,
        InternalAddresses internal) {

    public ClusterConfig {
        serverNames = List.copyOf(serverNames);
        if (serverNames.isEmpty()) {
            throw new IllegalArgumentException("gatehouse.server-names is empty");
        }
    }

    /** Whether the cluster speaks for that server name. Server names are compared as they are, case and port too. */
    public boolean hosts(ServerName name) {
        return serverNames.contains(name);
    }
}
