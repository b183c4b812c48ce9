package org.gatehouse.local;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What the operator of a local cluster chooses.
 *
 * @param name tells clusters of a data folder apart; prefix of its topics and keyspaces
 * @param serverNames the Matrix server names that it answers for, at least one
 * @param bind the address of its federation door and its client door
 * @param federationPort where other servers reach it, over TLS
 * @param clientPort where clients and app services reach it, without TLS
 * @param tls certificate and key of the federation door; made by the launcher if empty
 * @param extraAuthority PEM file of certificate authorities trusted for other servers, beside the system's
 * @param appServices registration files of application services
 * @param allowPrivateNetworks whether other servers may be on loopback and private addresses
 * @param properties more configuration for every service, by configuration key
 */
public record ClusterSettings(
        String name,
        List<String> serverNames,
        String bind,
        int federationPort,
        int clientPort,
        Optional<TlsFiles> tls,
        Optional<Path> extraAuthority,
        List<Path> appServices,
        boolean allowPrivateNetworks,
        Map<String, String> properties) {
    public static final String DEFAULT_NAME = "local";
    public static final String DEFAULT_BIND = "127.0.0.1";
    public static final int DEFAULT_FEDERATION_PORT = 8448;
    public static final int DEFAULT_CLIENT_PORT = 8008;

    /** Fits a Cassandra keyspace and a Kafka topic. */
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]{0,19}");

    public ClusterSettings {
        if (!NAME.matcher(name).matches()) {
            throw new ClusterProblem(
                    "\"%s\" cannot name a cluster: take 1 to 20 of a-z and 0-9, a letter first.".formatted(name));
        }
        if (serverNames.isEmpty()) {
            throw new ClusterProblem("A cluster needs at least one server name.");
        }
        serverNames = List.copyOf(serverNames);
        appServices = List.copyOf(appServices);
        properties = new TreeMap<>(properties);
    }

    /**
     * The certificate of the federation door.
     *
     * @param certificate PEM, with its chain
     * @param key PEM, PKCS #8
     */
    public record TlsFiles(Path certificate, Path key) {}

    /** Loopback, the two given ports, {@code 127.0.0.1:federationPort} as only server name. */
    public static ClusterSettings of(String name, int federationPort, int clientPort) {
        return new ClusterSettings(
                name,
                List.of(DEFAULT_BIND + ":" + federationPort),
                DEFAULT_BIND,
                federationPort,
                clientPort,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                false,
                Map.of());
    }

    /** For tests: free ports, and other servers may be on loopback. */
    public static ClusterSettings onFreePorts(String name) {
        return of(name, Ports.free(), Ports.free()).withPrivateNetworks(true);
    }

    public ClusterSettings withServerNames(List<String> names) {
        return new ClusterSettings(
                name,
                names,
                bind,
                federationPort,
                clientPort,
                tls,
                extraAuthority,
                appServices,
                allowPrivateNetworks,
                properties);
    }

    public ClusterSettings withAppServices(List<Path> registrations) {
        return new ClusterSettings(
                name,
                serverNames,
                bind,
                federationPort,
                clientPort,
                tls,
                extraAuthority,
                registrations,
                allowPrivateNetworks,
                properties);
    }

    public ClusterSettings withExtraAuthority(Path authority) {
        return new ClusterSettings(
                name,
                serverNames,
                bind,
                federationPort,
                clientPort,
                tls,
                Optional.of(authority),
                appServices,
                allowPrivateNetworks,
                properties);
    }

    public ClusterSettings withPrivateNetworks(boolean allowed) {
        return new ClusterSettings(
                name,
                serverNames,
                bind,
                federationPort,
                clientPort,
                tls,
                extraAuthority,
                appServices,
                allowed,
                properties);
    }

    /** Adds one configuration key for every service, such as {@code gatehouse.admin.tokens}. */
    public ClusterSettings withProperty(String key, String value) {
        Map<String, String> more = new TreeMap<>(properties);
        more.put(key, value);
        return new ClusterSettings(
                name,
                serverNames,
                bind,
                federationPort,
                clientPort,
                tls,
                extraAuthority,
                appServices,
                allowPrivateNetworks,
                more);
    }

    /** The hosts in its server names, without ports and without the brackets of IPv6. */
    List<String> hosts() {
        return serverNames.stream().map(HostNames::hostOf).distinct().toList();
    }

    /** Where a process on this machine reaches a door that is bound to {@link #bind()}. */
    String reachableAddress() {
        return HostNames.isWildcard(bind) ? DEFAULT_BIND : bind;
    }
}
