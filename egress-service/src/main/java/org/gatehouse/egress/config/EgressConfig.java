package org.gatehouse.egress.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The gate out. */
@ConfigMapping(prefix = "gatehouse.egress")
public interface EgressConfig {

    /** PEM file of certificate authorities that are believed besides the JDK's. */
    Optional<Path> caFile();

    /** Lets connections go to private addresses too: for local clusters and closed federations alone. */
    @WithDefault("false")
    boolean allowPrivateNetworks();

    /** How long a server that does not take transactions is left alone at first; the time doubles. */
    @WithDefault("1s")
    Duration firstBackOff();

    /** How long it is left alone at most. */
    @WithDefault("1h")
    Duration longestBackOff();

    /** How many servers are sent to at the same time. */
    @WithDefault("16")
    int senders();

    /** How many rooms have gaps filled at the same time. */
    @WithDefault("8")
    int fetchers();

    /** Partitions of the topic outbound; a destination always has the same. */
    @WithDefault("16")
    int shards();
}
