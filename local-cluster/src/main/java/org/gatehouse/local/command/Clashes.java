package org.gatehouse.local.command;

import java.util.HashSet;
import java.util.Set;
import org.gatehouse.local.ClusterDirectory;
import org.gatehouse.local.ClusterPlan;
import org.gatehouse.local.ClusterProblem;
import org.gatehouse.local.ClusterSettings;
import org.gatehouse.local.DataFolder;
import org.gatehouse.local.Ports;

/** Refuses a cluster that cannot stand beside what runs already. */
final class Clashes {
    private Clashes() {}

    static void refuse(ClusterSettings wanted, DataFolder data) {
        if (wanted.federationPort() == wanted.clientPort()) {
            throw new ClusterProblem(
                    "The federation port and the client port are both %d; choose two.".formatted(wanted.clientPort()));
        }
        data.clusters().stream()
                .filter(other -> !other.name().equals(wanted.name()))
                .filter(ClusterDirectory::isRunning)
                .flatMap(other -> other.plan().stream())
                .map(ClusterPlan::settings)
                .forEach(other -> refuse(wanted, other));
        refuseTaken(wanted.bind(), wanted.federationPort(), Flag.FEDERATION_PORT);
        refuseTaken(wanted.bind(), wanted.clientPort(), Flag.CLIENT_PORT);
    }

    private static void refuse(ClusterSettings wanted, ClusterSettings other) {
        Set<String> shared = new HashSet<>(wanted.serverNames());
        shared.retainAll(other.serverNames());
        if (!shared.isEmpty()) {
            throw new ClusterProblem("Cluster %s answers for %s already; choose another --server-name."
                    .formatted(other.name(), String.join(", ", shared)));
        }
        Set<Integer> ports = new HashSet<>(Set.of(other.federationPort(), other.clientPort()));
        if (ports.contains(wanted.federationPort())) {
            throw new ClusterProblem("Cluster %s uses port %d already; choose another --federation-port."
                    .formatted(other.name(), wanted.federationPort()));
        }
        if (ports.contains(wanted.clientPort())) {
            throw new ClusterProblem("Cluster %s uses port %d already; choose another --client-port."
                    .formatted(other.name(), wanted.clientPort()));
        }
    }

    private static void refuseTaken(String address, int port, Flag flag) {
        if (!Ports.isFree(address, port)) {
            throw new ClusterProblem(
                    "Port %d of %s is in use by another program, or this user may not listen there; choose another %s."
                            .formatted(port, address, flag.spelling()));
        }
    }
}
