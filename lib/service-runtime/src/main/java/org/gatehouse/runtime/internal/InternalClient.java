package org.gatehouse.runtime.internal;

import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.quarkus.tls.runtime.config.TlsConfigUtils;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.runtime.config.ClusterConfig;
import org.jspecify.annotations.Nullable;

/**
 * Calls other services over mutual TLS. The callee has to show the identity of the operation's owner before anything is
 * sent to it, whatever its address. Nothing is retried; who does not answer in time is {@link ServiceUnavailable}.
 */
@Singleton
public class InternalClient {

    private static final String TLS_BUCKET = "internal";
    private static final int CONNECTIONS_PER_SERVICE = 64;
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final HttpClient client;
    private final ClusterConfig cluster;

    @Inject
    InternalClient(Vertx vertx, TlsConfigurationRegistry tls, ClusterConfig cluster) {
        this(vertx, bucket(tls), cluster);
    }

    InternalClient(Vertx vertx, HttpClientOptions tls, ClusterConfig cluster) {
        this.cluster = cluster;
        // The certificate names the service, not its address: identity is compared in exchange().
        HttpClientOptions options = tls.setVerifyHost(false)
                .setKeepAlive(true)
                .setKeepAliveTimeout(30)
                .setConnectTimeout((int) CONNECT_TIMEOUT.toMillis());
        this.client = vertx.createHttpClient(options, new PoolOptions().setHttp1MaxSize(CONNECTIONS_PER_SERVICE));
    }

    private static HttpClientOptions bucket(TlsConfigurationRegistry tls) {
        TlsConfiguration bucket = tls.get(TLS_BUCKET)
                .orElseThrow(() -> new IllegalStateException("the TLS bucket " + TLS_BUCKET + " is not configured"));
        HttpClientOptions options = new HttpClientOptions();
        TlsConfigUtils.configure(options, bucket);
        return options;
    }

    /**
     * Calls an operation that has one route.
     *
     * @param path the values of the path's names, not encoded
     * @return the answer, whatever its status; fails with {@link ServiceUnavailable}
     */
    public Uni<InternalResponse> call(
            InternalOperation operation,
            Map<String, String> path,
            Map<String, String> query,
            @Nullable JsonObject body,
            Map<String, String> headers) {
        InternalCall call = InternalCall.to(operation, path);
        query.forEach(call::query);
        headers.forEach(call::header);
        return call(body == null ? call : call.body(body));
    }

    /** Calls an operation that has no names in its path. */
    public Uni<InternalResponse> call(InternalOperation operation, JsonObject body) {
        return call(InternalCall.to(operation).body(body));
    }

    /** Sends one call. */
    public Uni<InternalResponse> call(InternalCall call) {
        String service = call.operation().owner();
        return Uni.createFrom()
                .completionStage(() -> send(call).toCompletionStage())
                .ifNoItem()
                .after(call.deadline().plus(GRACE))
                .fail()
                .onFailure()
                .transform(failure -> unavailable(service, call, failure));
    }

    /** {@link #call(InternalCall)} for worker threads. */
    public InternalResponse await(InternalCall call) {
        if (Context.isOnEventLoopThread()) {
            throw new IllegalStateException("await on an event loop");
        }
        return call(call).await().indefinitely();
    }

    /** {@link #call(InternalOperation, JsonObject)} for worker threads. */
    public InternalResponse await(InternalOperation operation, JsonObject body) {
        return await(InternalCall.to(operation).body(body));
    }

    /** {@link #call(InternalOperation, Map, Map, JsonObject, Map)} for worker threads. */
    public InternalResponse await(
            InternalOperation operation,
            Map<String, String> path,
            Map<String, String> query,
            @Nullable JsonObject body,
            Map<String, String> headers) {
        InternalCall call = InternalCall.to(operation, path);
        query.forEach(call::query);
        headers.forEach(call::header);
        return await(body == null ? call : call.body(body));
    }

    private Future<InternalResponse> send(InternalCall call) {
        URI url = cluster.internal().url(call.operation().owner());
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.valueOf(call.method()))
                .setHost(url.getHost())
                .setPort(url.getPort() < 0 ? 443 : url.getPort())
                .setSsl(true)
                .setURI(call.target())
                .setTimeout(call.deadline().toMillis());
        call.headers().forEach(options::putHeader);
        return client.request(options).compose(request -> exchange(request, call));
    }

    private static Future<InternalResponse> exchange(HttpClientRequest request, InternalCall call) {
        String owner = call.operation().owner();
        String answering = ServiceIdentity.ofPeer(request.connection()).orElse("(nobody)");
        if (!answering.equals(owner)) {
            request.reset();
            return Future.failedFuture(new ServiceUnavailable(owner, "is not who answers, but " + answering));
        }
        // The reader has to be there before anything is sent: a body that comes before its reader is lost, for good.
        Future<InternalResponse> answer = request.response().compose(InternalClient::read);
        byte[] body = call.bodyBytes();
        if (body == null) {
            request.end();
        } else {
            request.putHeader("Content-Type", "application/json").end(Buffer.buffer(body));
        }
        return answer;
    }

    private static Future<InternalResponse> read(HttpClientResponse response) {
        return response.body().map(body -> new InternalResponse(response.statusCode(), body.getBytes()));
    }

    private static Throwable unavailable(String service, InternalCall call, Throwable failure) {
        if (failure instanceof ServiceUnavailable) {
            return failure;
        }
        boolean late = failure instanceof TimeoutException || failure instanceof io.smallrye.mutiny.TimeoutException;
        String what = late
                ? "did not answer " + call.operation() + " in "
                        + call.deadline().toMillis() + " ms"
                : "does not answer: " + failure.getMessage();
        return new ServiceUnavailable(service, what, failure);
    }

    @PreDestroy
    void close() {
        client.close();
    }
}
