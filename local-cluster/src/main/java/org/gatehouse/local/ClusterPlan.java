package org.gatehouse.local;

import java.util.EnumMap;
import java.util.Map;

/**
 * A cluster as it was started: what was chosen, and the ports that were free then. Kept in config.json, so that a
 * service can be started again with the same ports.
 *
 * @param settings what the operator chose
 * @param kafka bootstrap servers
 * @param cassandra contact point
 * @param ports the ports of each service
 */
public record ClusterPlan(
        ClusterSettings settings, String kafka, String cassandra, Map<ClusterService, ServicePorts> ports) {
    public ClusterPlan {
        ports = new EnumMap<>(ports);
    }

    /**
     * The ports of one service.
     *
     * @param https the internal listener; for ingress the federation door
     * @param management health, metrics, administration
     */
    public record ServicePorts(int https, int management) {}

    static ClusterPlan of(ClusterSettings settings, Brokers brokers) {
        Map<ClusterService, ServicePorts> ports = new EnumMap<>(ClusterService.class);
        for (ClusterService service : ClusterService.values()) {
            int https = service == ClusterService.INGRESS ? settings.federationPort() : Ports.free();
            ports.put(service, new ServicePorts(https, Ports.free()));
        }
        return new ClusterPlan(
                settings,
                brokers.kafka().bootstrapServers(),
                brokers.cassandra().contactPoint(),
                ports);
    }

    public ServicePorts portsOf(ClusterService service) {
        ServicePorts found = ports.get(service);
        if (found == null) {
            throw new ClusterProblem("config.json of cluster %s names no ports of %s; take it down and up again."
                    .formatted(settings.name(), service));
        }
        return found;
    }

    /** Prefix of its topics. */
    public String topicPrefix() {
        return settings.name() + ".";
    }

    /** Prefix of its keyspaces. */
    public String keyspacePrefix() {
        return settings.name() + "_";
    }

    /** Where other servers reach it. */
    public String federationUrl() {
        return "https://%s:%d".formatted(HostNames.inUrl(settings.reachableAddress()), settings.federationPort());
    }

    /** Where clients reach it. */
    public String clientUrl() {
        return "http://%s:%d".formatted(HostNames.inUrl(settings.reachableAddress()), settings.clientPort());
    }

    /** Where a service's health, metrics and administration are. */
    public String managementUrl(ClusterService service) {
        return "http://127.0.0.1:" + portsOf(service).management();
    }

    /** Where other services reach it. */
    public String internalUrl(ClusterService service) {
        String address = service == ClusterService.PROVIDER ? settings.reachableAddress() : "127.0.0.1";
        return "https://%s:%d"
                .formatted(HostNames.inUrl(address), portsOf(service).https());
    }
}
