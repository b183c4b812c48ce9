package org.gatehouse.cassandra;

import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How the nodes are reached. */
public interface CassandraNodes {

    /** What comes before these keys. */
    String PREFIX = "gatehouse.cassandra";

    /** Nodes to ask first, each {@code host:port}. */
    @WithDefault("127.0.0.1:9042")
    List<String> contactPoints();

    /** The data centre whose nodes are used and whose quorum counts. */
    @WithDefault("datacenter1")
    String localDatacenter();

    /** Name of the role, if the nodes ask for one. */
    Optional<String> username();

    /** Password of the role. */
    Optional<String> password();

    /** PEM file of the certificate authorities of the nodes; with it connections are TLS. */
    Optional<String> caFile();

    /** How long one statement may take. */
    @WithDefault("10s")
    Duration requestTimeout();

    /** How long the start waits for the nodes and the keyspace before it fails. */
    @WithDefault("60s")
    Duration startTimeout();

    /** Connections to each node. */
    @WithDefault("2")
    int connections();
}
