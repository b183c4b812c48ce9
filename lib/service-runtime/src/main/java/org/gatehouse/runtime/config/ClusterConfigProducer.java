package org.gatehouse.runtime.config;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.config.Config;
import org.gatehouse.matrix.identifier.ServerName;

/**
 * Reads {@link ClusterConfig} key by key. A mapping of the whole prefix would refuse the keys of other features, and
 * could not tell {@code event-graph} from {@code event.graph} in GATEHOUSE_INTERNAL_EVENT_GRAPH_URL.
 */
@Singleton
class ClusterConfigProducer {

    private static final List<String> SERVICES =
            List.of("ingress", "event-graph", "state-resolution", "key", "egress", "media-relay", "provider");
    private static final String SUFFIX = "-service";
    private static final int FIRST_GENERATION = 10;

    @Produces
    @Singleton
    ClusterConfig clusterConfig(Config config) {
        Map<String, URI> urls = new TreeMap<>();
        for (String service : SERVICES) {
            config.getOptionalValue("gatehouse.internal." + service + ".url", URI.class)
                    .ifPresent(url -> urls.put(service, url));
        }
        List<ServerName> serverNames = config.getValues("gatehouse.server-names", String.class).stream()
                .map(String::strip)
                .map(ServerName::new)
                .toList();
        return new ClusterConfig(
                text(config, "gatehouse.service", shortName(text(config, "quarkus.application.name", "unnamed"))),
                text(config, "gatehouse.cluster", "local"),
                serverNames,
                text(config, "gatehouse.topic-prefix", ""),
                text(config, "gatehouse.keyspace-prefix", ""),
                config.getOptionalValue("gatehouse.generation", Integer.class).orElse(FIRST_GENERATION),
                new InternalAddresses(urls));
    }

    private static String text(Config config, String key, String otherwise) {
        return config.getOptionalValue(key, String.class).orElse(otherwise);
    }

    private static String shortName(String application) {
        return application.endsWith(SUFFIX)
                ? application.substring(0, application.length() - SUFFIX.length())
                : application;
    }
}
