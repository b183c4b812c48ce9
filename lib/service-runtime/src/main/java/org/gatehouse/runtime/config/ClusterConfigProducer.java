package org.gatehouse.runtime.config;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.gatehouse.matrix.identifier.ServerName;

@Singleton
class ClusterConfigProducer {

    private static final String SUFFIX = "-service";

    @Produces
    @Singleton
    ClusterConfig clusterConfig(
            GatehouseProperties properties,
            @ConfigProperty(name = "quarkus.application.name", defaultValue = "unnamed") String application) {
        Map<String, URI> urls = new TreeMap<>();
        properties.internal().forEach((service, address) -> urls.put(service, address.url()));
        return new ClusterConfig(
                properties.service().orElseGet(() -> shortName(application)),
                properties.cluster(),
                properties.serverNames().stream().map(ServerName::new).toList(),
                properties.topicPrefix().orElse(""),
                properties.keyspacePrefix().orElse(""),
                properties.generation(),
                new InternalAddresses(urls));
    }

    private static String shortName(String application) {
        return application.endsWith(SUFFIX)
                ? application.substring(0, application.length() - SUFFIX.length())
                : application;
    }
}
