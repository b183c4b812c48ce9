package org.gatehouse.integration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.gatehouse.local.Cluster;
import org.gatehouse.local.ClusterService;
import org.gatehouse.local.ClusterSettings;
import org.gatehouse.local.ServiceInstance;
import org.gatehouse.matrix.identifier.ServerName;

/**
 * A cluster that answers for two server names, and runs two instances each of ingress, event-graph, state-resolution and
 * egress behind balancers. Shared by the tests of a run that want one.
 */
final class PairedCluster implements AutoCloseable {

    static final List<ClusterService> PAIRED = List.of(
            ClusterService.INGRESS, ClusterService.EVENT_GRAPH, ClusterService.STATE_RESOLUTION, ClusterService.EGRESS);

    private final Map<ClusterService, Balancer> balancers = new EnumMap<>(ClusterService.class);
    private final Map<ClusterService, ServiceInstance> seconds = new EnumMap<>(ClusterService.class);
    private final Cluster cluster;

    PairedCluster() {
        PAIRED.forEach(service -> balancers.put(service, new Balancer()));
        int door = federationDoor().port();
        ClusterSettings settings =
                ClusterSettings.onFreePorts("pair").withServerNames(List.of("127.0.0.1:" + door, "localhost:" + door));
        for (ClusterService service : PAIRED) {
            if (service != ClusterService.INGRESS) {
                settings = settings.withProperty(
                        "gatehouse.internal." + service.identity() + ".url",
                        "https://127.0.0.1:" + balancers.get(service).port());
            }
        }
        cluster = Clusters.another(settings);
        for (ClusterService service : PAIRED) {
            ServiceInstance second = cluster.instance(service, service.identity() + "-2", Map.of());
            second.start();
            seconds.put(service, second);
            balancers.get(service).add(cluster.plan().portsOf(service).https());
            balancers.get(service).add(second.httpsPort());
        }
    }

    Cluster cluster() {
        return cluster;
    }

    ServerName firstName() {
        return new ServerName(cluster.plan().settings().serverNames().get(0));
    }

    ServerName secondName() {
        return new ServerName(cluster.plan().settings().serverNames().get(1));
    }

    /** Where other servers come in, whichever of the two names they mean. */
    Balancer federationDoor() {
        return balancers.get(ClusterService.INGRESS);
    }

    ServiceInstance second(ClusterService service) {
        return seconds.get(service);
    }

    @Override
    public void close() {
        seconds.values().forEach(ServiceInstance::close);
        cluster.close();
        for (Balancer balancer : balancers.values()) {
            try {
                balancer.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
