package org.gatehouse.runtime.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The properties behind {@link ClusterConfig}. */
@ConfigMapping(prefix = "gatehouse")
interface GatehouseProperties {

    /** Short name of this service; by default the application's name without {@code -service}. */
    Optional<String> service();

    /** Name of the cluster. */
    @WithDefault("local")
    String cluster();

    /** Server names that this cluster hosts. */
    List<String> serverNames();

    /** Put before each topic's name, so that clusters can share brokers. */
    Optional<String> topicPrefix();

    /** Put before each keyspace's name, so that clusters can share nodes. */
    Optional<String> keyspacePrefix();

    /** Raised by the operator when the topics are remade. */
    @WithDefault("10")
    int generation();

    /** The other services, by short name. */
    Map<String, Address> internal();

    /** Where one service answers. */
    interface Address {
        /** {@code https://host:port} of its internal listener. */
        URI url();
    }
}
