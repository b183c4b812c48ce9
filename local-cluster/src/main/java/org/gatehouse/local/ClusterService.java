package org.gatehouse.local;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** The services of one cluster. */
public enum ClusterService {
    INGRESS("ingress", "ingress-service"),
    EVENT_GRAPH("event-graph", "event-graph-service"),
    STATE_RESOLUTION("state-resolution", "state-resolution-service"),
    KEY("key", "key-service"),
    EGRESS("egress", "egress-service"),
    PROVIDER("provider", "provider-service"),
    MEDIA_RELAY("media-relay", "media-relay");

    private final String identity;
    private final String module;

    ClusterService(String identity, String module) {
        this.identity = identity;
        this.module = module;
    }

    /** The short name: part of its certificate, of configuration keys and of topics' producers. */
    public String identity() {
        return identity;
    }

    /** The Maven module that builds it. */
    public String module() {
        return module;
    }

    /** Finds a service by its short name or its module's name. */
    public static Optional<ClusterService> find(String name) {
        return Arrays.stream(values())
                .filter(service -> service.identity.equals(name) || service.module.equals(name))
                .findFirst();
    }

    /** All short names, for messages. */
    public static String names() {
        return Arrays.stream(values()).map(ClusterService::identity).collect(Collectors.joining(", "));
    }

    @Override
    public String toString() {
        return identity;
    }
}
