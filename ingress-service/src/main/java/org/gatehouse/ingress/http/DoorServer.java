package org.gatehouse.ingress.http;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The listener: one {@link Doorkeeper} an event loop, all on one port. */
final class DoorServer {

    private final Vertx vertx;
    private final HttpServerOptions options;
    private final DoorLimits limits;
    private final Visitors visitors;
    private final UnreadAnswers unread;
    private final Refusals refusals;
    private final Handler<HttpServerRequest> application;
    private final List<Doorkeeper> keepers = new CopyOnWriteArrayList<>();
    private String deployment = "";

    DoorServer(
            Vertx vertx,
            HttpServerOptions options,
            DoorLimits limits,
            TrustedProxies proxies,
            Refusals refusals,
            Handler<HttpServerRequest> application) {
        this.vertx = vertx;
        this.options = options;
        this.limits = limits;
        this.visitors = new Visitors(limits.connections(), limits.connectionsPerAddress(), proxies);
        this.unread = new UnreadAnswers(limits.unreadAnswers());
        this.refusals = refusals;
        this.application = application;
    }

    /** Opens the port on so many event loops. */
    Future<Void> open(int eventLoops) {
        return vertx.deployVerticle(this::keeper, new DeploymentOptions().setInstances(eventLoops))
                .onSuccess(id -> deployment = id)
                .mapEmpty();
    }

    /** Closes the port and all connections. */
    Future<Void> close() {
        return vertx.undeploy(deployment);
    }

    private AbstractVerticle keeper() {
        Doorkeeper keeper = new Doorkeeper(options, limits, visitors, unread, refusals, application);
        keepers.add(keeper);
        return keeper;
    }

    /** The port that was opened. */
    int port() {
        return keepers.get(0).port();
    }

    Visitors visitors() {
        return visitors;
    }
}
