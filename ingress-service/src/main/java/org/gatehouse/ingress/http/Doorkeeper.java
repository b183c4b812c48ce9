package org.gatehouse.ingress.http;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.gatehouse.matrix.canonicaljson.CanonicalJson;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.jspecify.annotations.Nullable;

/** Serves and watches the connections of one event loop. */
final class Doorkeeper extends AbstractVerticle {

    private final HttpServerOptions options;
    private final DoorLimits limits;
    private final Visitors visitors;
    private final UnreadAnswers unread;
    private final Refusals refusals;
    private final HeadRules rules;
    private final Handler<HttpServerRequest> application;
    private final Map<HttpConnection, Visit> visits = new IdentityHashMap<>();
    private @Nullable HttpServer server;

    Doorkeeper(
            HttpServerOptions options,
            DoorLimits limits,
            Visitors visitors,
            UnreadAnswers unread,
            Refusals refusals,
            Handler<HttpServerRequest> application) {
        this.options = options;
        this.limits = limits;
        this.visitors = visitors;
        this.unread = unread;
        this.refusals = refusals;
        this.rules = new HeadRules(limits.mostHeaders(), limits.maxBody());
        this.application = application;
    }

    @Override
    public void start(Promise<Void> started) {
        HttpServer opened = vertx.createHttpServer(options)
                .connectionHandler(this::opened)
                .requestHandler(this::arrived)
                .invalidRequestHandler(request -> refuse(request, HeadRules.unreadable(request.decoderResult())))
                .exceptionHandler(failedHandshake -> {});
        server = opened;
        vertx.setPeriodic(limits.lookEvery().toMillis(), timer -> lookAround());
        opened.listen().<Void>mapEmpty().onComplete(started);
    }

    int port() {
        return server == null ? 0 : server.actualPort();
    }

    private void opened(HttpConnection connection) {
        String address = addressOf(connection);
        if (!visitors.enter(address)) {
            refusals.refused(address, "http-connections", "too many connections");
            connection.close();
            return;
        }
        StrictDecoder.install(connection, options);
        visits.put(connection, new Visit(connection, limits, now()));
        connection.closeHandler(closed -> {
            visits.remove(connection);
            visitors.leave(address);
        });
    }

    private void arrived(HttpServerRequest request) {
        Visit visit = visits.get(request.connection());
        if (visit == null) {
            request.connection().close();
            return;
        }
        if (visit.isRefused()) {
            return;
        }
        if (visit.unread() > UnreadAnswers.BEFORE_THE_NEXT_REQUEST) {
            cutOff(visit);
            return;
        }
        visit.arrived(request, now());
        Optional<Refusal> refusal = rules.refusal(request);
        if (refusal.isPresent()) {
            refuse(request, refusal.get());
            return;
        }
        if (request.headers().contains(HttpHeaders.EXPECT)) {
            request.response().writeContinue();
        }
        application.handle(request);
    }

    private void refuse(HttpServerRequest request, Refusal refusal) {
        Visit visit = visits.get(request.connection());
        if (visit == null || visit.isRefused()) {
            return;
        }
        visit.refused();
        refusals.refused(addressOf(request.connection()), refusal.rule(), refusal.text());
        request.resume();
        HttpServerResponse response = request.response();
        if (response.ended() || response.headWritten()) {
            request.connection().close();
            return;
        }
        JsonObject error = JsonObject.EMPTY.with("errcode", refusal.errcode()).with("error", refusal.text());
        response.setStatusCode(refusal.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .putHeader(HttpHeaders.CONNECTION, "close")
                .end(Buffer.buffer(CanonicalJson.write(error)))
                .onComplete(sent -> closeAfter(request));
    }

    /** A peer that is cut off while it sends would not see the answer: what it sends is read for a moment. */
    private void closeAfter(HttpServerRequest request) {
        if (request.decoderResult().isSuccess() && HeadRules.announcesBody(request) && !request.isEnded()) {
            vertx.setTimer(
                    limits.linger().toMillis(), timer -> request.connection().close());
        } else {
            request.connection().close();
        }
    }

    private void lookAround() {
        long now = now();
        for (Visit visit : List.copyOf(visits.values())) {
            switch (visit.look(now)) {
                case FINE -> {}
                case SILENT -> visit.cutOff();
                case BODY_LEFT_OVER -> visit.connection().close();
                case BODY_TOO_SLOW -> tooSlow(visit);
            }
        }
        letGoOfUnreadAnswers(now);
    }

    /** The largest first, and none that may still be on its way. */
    private void letGoOfUnreadAnswers(long now) {
        long sum = visits.values().stream().mapToLong(Visit::unread).sum();
        long tooMany = unread.beyondTheMost(this, sum);
        if (tooMany == 0) {
            return;
        }
        List<Visit> largestFirst = visits.values().stream()
                .filter(visit -> visit.readsSlowly(now))
                .sorted(Comparator.comparingLong(Visit::unread).reversed())
                .toList();
        for (Visit visit : largestFirst) {
            if (tooMany > 0) {
                tooMany -= visit.unread();
                cutOff(visit);
            }
        }
    }

    private void cutOff(Visit visit) {
        visit.refused();
        refusals.refused(addressOf(visit.connection()), "http-unread-answers", "answers are not read");
        visit.cutOff();
    }

    private void tooSlow(Visit visit) {
        HttpServerRequest request = visit.current();
        if (request != null) {
            refuse(request, new Refusal(408, "M_UNKNOWN", "http-body-rate", "Request body too slow"));
        }
    }

    private static String addressOf(HttpConnection connection) {
        return connection.remoteAddress() == null
                ? "unknown"
                : String.valueOf(connection.remoteAddress().hostAddress());
    }

    private static long now() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }
}
