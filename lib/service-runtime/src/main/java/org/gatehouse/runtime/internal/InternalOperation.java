package org.gatehouse.runtime.internal;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Every call that one service may make to another: whose it is, where it is, and who may call it. */
public enum InternalOperation {
    SIGN_EVENT("key", callers("provider"), route("POST", "/internal/sign/event")),
    SIGN_INVITE("key", callers("ingress"), route("POST", "/internal/sign/invite")),
    SIGN_REQUEST("key", callers("egress"), route("POST", "/internal/sign/request")),
    POLICY_SIGN("key", callers("ingress", "egress"), route("POST", "/internal/policy/sign")),
    POLICY_KEY("key", callers("ingress"), route("GET", "/internal/policy/key/{serverName}")),
    VERIFY_KEYS("key", callers("ingress", "egress"), route("POST", "/internal/verify-keys")),
    OWN_KEYS("key", callers("ingress"), route("GET", "/internal/federation/key/v2/server")),
    REMOTE_KEYS("egress", callers("key"), route("GET", "/internal/remote-keys/{server}")),
    REMOTE_MAKE_MEMBERSHIP("egress", callers("provider"), route("POST", "/internal/remote/make-membership")),
    REMOTE_JOIN("egress", callers("provider"), route("POST", "/internal/remote/join")),
    REMOTE_LEAVE("egress", callers("provider"), route("POST", "/internal/remote/leave")),
    REMOTE_INVITE("egress", callers("provider"), route("POST", "/internal/remote/invite")),
    REMOTE_POLICY_SIGN("egress", callers("provider"), route("POST", "/internal/remote/policy-sign")),
    GRAPH_EVENTS("event-graph", callers("egress", "provider", "state-resolution"), route("POST", "/internal/events")),
    GRAPH_FEDERATION(
            "event-graph",
            callers("ingress"),
            route("GET", "/internal/federation/event/{eventId}"),
            route("GET", "/internal/federation/backfill/{roomId}"),
            route("POST", "/internal/federation/get_missing_events/{roomId}")),
    STATE_FEDERATION(
            "state-resolution",
            callers("ingress"),
            route("GET", "/internal/federation/state/{roomId}"),
            route("GET", "/internal/federation/state_ids/{roomId}"),
            route("GET", "/internal/federation/event_auth/{roomId}/{eventId}")),
    EVENT_TEMPLATE(
            "state-resolution", callers("provider", "ingress"), route("POST", "/internal/rooms/{roomId}/template")),
    ROOM_STATE("state-resolution", callers("provider", "ingress"), route("GET", "/internal/rooms/{roomId}/state")),
    JOIN_STATE("state-resolution", callers("ingress"), route("GET", "/internal/rooms/{roomId}/join-state")),
    VISIBILITY(
            "state-resolution",
            callers("event-graph", "ingress"),
            route("POST", "/internal/rooms/{roomId}/visibility")),
    HOSTED_USER("provider", callers("ingress"), route("GET", "/internal/users/{userId}"));

    /** A method and a path; {@code {name}} stands for one segment. */
    public record Route(String method, String path) {}

    private final String owner;

    @SuppressWarnings("ImmutableEnumChecker")
    private final Set<String> callers;

    @SuppressWarnings("ImmutableEnumChecker")
    private final List<Route> routes;

    InternalOperation(String owner, Set<String> callers, Route... routes) {
        this.owner = owner;
        this.callers = callers;
        this.routes = List.of(routes);
    }

    private static Set<String> callers(String... services) {
        return new TreeSet<>(List.of(services));
    }

    private static Route route(String method, String path) {
        return new Route(method, path);
    }

    /** The service that answers. */
    public String owner() {
        return owner;
    }

    /** Whether the table lists that service as a caller. */
    public boolean allows(String caller) {
        return callers.contains(caller);
    }

    /** The services that may call, in alphabetical order. */
    public List<String> callers() {
        return List.copyOf(callers);
    }

    /** Where it is: mostly one route, several for the reads that ingress forwards. */
    public List<Route> routes() {
        return routes;
    }
}
