package org.gatehouse.provider.hosteduser;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.runtime.config.ClusterConfig;
import org.jspecify.annotations.Nullable;

/** Which of our server names a new user belongs to: the one that the Host header names, else the first. */
@ApplicationScoped
public class AddressedName {

    private final ClusterConfig cluster;

    public AddressedName(ClusterConfig cluster) {
        this.cluster = cluster;
    }

    /**
     * The name that a request is for.
     *
     * @param host the Host header: compared whole, and then without its port
     */
    public ServerName of(@Nullable String host) {
        Optional<ServerName> named = Optional.ofNullable(host).flatMap(ServerName::tryParse);
        return named.filter(cluster::hosts)
                .or(() -> named.map(ServerName::host)
                        .flatMap(ServerName::tryParse)
                        .filter(cluster::hosts))
                .orElseGet(() -> cluster.serverNames().get(0));
    }
}
