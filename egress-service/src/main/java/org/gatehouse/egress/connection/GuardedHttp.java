package org.gatehouse.egress.connection;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.TrustOptions;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.gatehouse.egress.discovery.ServerRoute.Target;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** HTTPS by Vert.x: connects to addresses, never to names, and only to those that the guard allows. */
public final class GuardedHttp implements Outbound {

    private static final Logger LOG = Logger.getLogger(GuardedHttp.class);
    private static final int MAX_ATTEMPTS = 4;
    private static final int CONNECT_TIMEOUT_MILLIS = 5_000;
    private static final int IDLE_SECONDS = 10;
    private static final int CONNECTIONS_PER_SERVER = 10;

    private final HttpClient client;
    private final HostAddresses addresses;
    private final AddressGuard guard;

    /** @param trust the authorities whose certificates are believed */
    public GuardedHttp(Vertx vertx, TrustOptions trust, AddressGuard guard) {
        this(vertx, trust, guard, new SystemAddresses());
    }

    GuardedHttp(Vertx vertx, TrustOptions trust, AddressGuard guard, HostAddresses addresses) {
        this.addresses = addresses;
        this.guard = guard;
        this.client = vertx.createHttpClient(new HttpClientOptions()
                .setSsl(true)
                .setVerifyHost(true)
                .setTrustAll(false)
                .setTrustOptions(trust)
                .setUseAlpn(false)
                .setDecompressionSupported(false)
                .setMaxRedirects(0)
                .setConnectTimeout(CONNECT_TIMEOUT_MILLIS)
                .setSslHandshakeTimeout(CONNECT_TIMEOUT_MILLIS)
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                .setKeepAliveTimeout(IDLE_SECONDS)
                .setMaxPoolSize(CONNECTIONS_PER_SERVER)
                .setMaxHeaderSize(16 * 1024)
                .setName("egress"));
    }

    @Override
    public HttpAnswer exchange(HttpCall call) {
        Deadline deadline = new Deadline(call.deadline());
        List<SocketAddress> allowed = allowedAddresses(call);
        ConnectFailed last = new ConnectFailed("has no address", null);
        for (SocketAddress address : allowed) {
            try {
                return exchange(call, connect(call, address, deadline), deadline);
            } catch (ConnectFailed e) {
                last = e;
            }
        }
        throw new Unreachable(call.route().tlsName() + " " + last.getMessage(), last);
    }

    private List<SocketAddress> allowedAddresses(HttpCall call) {
        List<SocketAddress> allowed = new ArrayList<>();
        boolean refused = false;
        for (Target target : call.route().targets()) {
            for (InetAddress address : addresses.find(target.host())) {
                if (guard.allows(address, target.port())) {
                    allowed.add(SocketAddress.inetSocketAddress(target.port(), address.getHostAddress()));
                } else {
                    refused = true;
                }
            }
        }
        if (allowed.isEmpty() && refused) {
            throw new Unreachable(call.route().tlsName() + " has only addresses that are forbidden");
        }
        return allowed.subList(0, Math.min(MAX_ATTEMPTS, allowed.size()));
    }

    private HttpClientRequest connect(HttpCall call, SocketAddress address, Deadline deadline) {
        RequestOptions options = new RequestOptions()
                .setServer(address)
                .setHost(call.route().tlsName())
                .setPort(address.port())
                .setSsl(true)
                .setMethod(HttpMethod.valueOf(call.method()))
                .setURI(call.uri())
                .setFollowRedirects(false)
                .setConnectTimeout(CONNECT_TIMEOUT_MILLIS);
        CompletableFuture<HttpClientRequest> connected =
                client.request(options).toCompletionStage().toCompletableFuture();
        try {
            return connected.get(deadline.millisLeft(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            CompletableFuture<Void> ignored = connected.thenAccept(HttpClientRequest::reset);
            LOG.debugf("connection to %s comes too late: %s", address, ignored);
            throw new Unreachable(call.route().tlsName() + " does not take connections", e);
        } catch (ExecutionException e) {
            throw new ConnectFailed("cannot be connected to: " + reason(e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unreachable("interrupted", e);
        }
    }

    private static HttpAnswer exchange(HttpCall call, HttpClientRequest request, Deadline deadline) {
        request.putHeader("Host", call.route().hostHeader());
        call.headers().forEach(request::putHeader);
        CompletableFuture<HttpAnswer> answer = new CompletableFuture<>();
        request.response()
                .onFailure(answer::completeExceptionally)
                .onSuccess(response -> read(response, call.maxAnswerBytes(), answer));
        byte[] body = call.body();
        if (body == null) {
            request.end();
        } else {
            request.putHeader("Content-Type", "application/json").end(Buffer.buffer(body));
        }
        try {
            return answer.get(deadline.millisLeft(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new Unreachable(call.route().tlsName() + " did not answer in time", e);
        } catch (ExecutionException e) {
            throw new Unreachable(call.route().tlsName() + " broke off: " + reason(e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unreachable("interrupted", e);
        } finally {
            if (!answer.isDone() || answer.isCompletedExceptionally()) {
                request.reset();
            }
        }
    }

    private static void read(HttpClientResponse response, int maxBytes, CompletableFuture<HttpAnswer> answer) {
        Buffer body = Buffer.buffer();
        response.exceptionHandler(answer::completeExceptionally);
        response.handler(chunk -> {
            if (body.length() + chunk.length() > maxBytes) {
                answer.completeExceptionally(new Unreachable("the answer is longer than " + maxBytes + " bytes"));
                response.handler(ignored -> {});
            } else {
                body.appendBuffer(chunk);
            }
        });
        response.endHandler(
                end -> answer.complete(new HttpAnswer(response.statusCode(), headers(response), body.getBytes())));
    }

    private static Map<String, String> headers(HttpClientResponse response) {
        Map<String, String> headers = new LinkedHashMap<>();
        response.headers().forEach((name, value) -> headers.putIfAbsent(name.toLowerCase(Locale.ROOT), value));
        return headers;
    }

    private static String reason(ExecutionException failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }

    /** Nothing was sent: the next address may be tried. */
    private static final class ConnectFailed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        ConnectFailed(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    private static final class Deadline {
        private final long endNanos;

        Deadline(Duration duration) {
            this.endNanos = System.nanoTime() + duration.toNanos();
        }

        long millisLeft() {
            return Math.max(1, TimeUnit.NANOSECONDS.toMillis(endNanos - System.nanoTime()));
        }
    }
}
