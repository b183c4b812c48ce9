package org.gatehouse.ingress.http;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.tls.CertificateUpdatedEvent;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.quarkus.tls.runtime.config.TlsConfigUtils;
import io.quarkus.vertx.http.runtime.VertxHttpRecorder;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.KeyCertOptions;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.KeyManagerFactory;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.gatehouse.ingress.admission.RefusedRequests;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Opens the federation door with the settings of {@code quarkus.http} and {@code gatehouse.door}. Quarkus' own listener
 * shows a connection only with its first complete request; here it is seen, counted and timed from its handshake. It
 * takes the place of Quarkus' listener where {@code quarkus.http.host-enabled} is false, and behind it all is as ever.
 */
@Singleton
class FederationListener {

    private static final Logger LOG = Logger.getLogger(FederationListener.class);
    private static final String TLS_BUCKET = "federation";
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int AFTER_ALL_OTHERS = 100_000;

    private final Vertx vertx;
    private final TlsConfigurationRegistry tls;
    private final RefusedRequests refused;
    private final DoorConfig config;
    private final Address address;
    private final Sizes sizes;
    private final List<String> proxies;
    private @Nullable DoorServer server;
    private @Nullable RenewableKeys keys;

    /** Where the door is, and whether it is this listener's. */
    @Singleton
    record Address(String host, int port, boolean leftToQuarkus) {
        Address(
                @ConfigProperty(name = "quarkus.http.host") String host,
                @ConfigProperty(name = "quarkus.http.ssl-port") int port,
                @ConfigProperty(name = "quarkus.http.host-enabled") boolean leftToQuarkus) {
            this.host = host;
            this.port = port;
            this.leftToQuarkus = leftToQuarkus;
        }
    }

    /** How large heads and bodies may be. */
    @Singleton
    record Sizes(MemorySize headers, int target, MemorySize body) {
        Sizes(
                @ConfigProperty(name = "quarkus.http.limits.max-header-size") MemorySize headers,
                @ConfigProperty(name = "quarkus.http.limits.max-initial-line-length") int target,
                @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize body) {
            this.headers = headers;
            this.target = target;
            this.body = body;
        }
    }

    FederationListener(
            Vertx vertx,
            TlsConfigurationRegistry tls,
            RefusedRequests refused,
            DoorConfig config,
            Address address,
            Sizes sizes,
            @ConfigProperty(name = "quarkus.http.proxy.trusted-proxies") Optional<List<String>> proxies) {
        this.vertx = vertx;
        this.tls = tls;
        this.refused = refused;
        this.config = config;
        this.address = address;
        this.sizes = sizes;
        this.proxies = proxies.orElse(List.of());
    }

    /** HTTP/1.1 alone, TLS 1.2 and above, nothing decompressed, nothing upgraded. */
    static HttpServerOptions base() {
        return new HttpServerOptions()
                .setUseAlpn(false)
                .setHttp2ClearTextEnabled(false)
                .setDecompressionSupported(false)
                .setHandle100ContinueAutomatically(false)
                .setMaxChunkSize(65_536)
                .setEnabledSecureTransportProtocols(Set.of("TLSv1.3", "TLSv1.2"));
    }

    void open(@Observes @Priority(AFTER_ALL_OTHERS) StartupEvent event) {
        if (address.leftToQuarkus()) {
            return;
        }
        TlsConfiguration bucket = tls.get(TLS_BUCKET)
                .orElseThrow(() -> new IllegalStateException("quarkus.tls." + TLS_BUCKET + " is not configured"));
        HttpServerOptions options = base();
        TlsConfigUtils.configure(options, bucket);
        RenewableKeys current = new RenewableKeys(keysOf(bucket));
        keys = current;
        options.setSsl(true)
                .setKeyCertOptions(KeyCertOptions.wrap(current))
                .setUseAlpn(false)
                .setSslHandshakeTimeout(config.headDeadline().toMillis())
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                .setHost(address.host())
                .setPort(address.port())
                .setMaxHeaderSize((int) sizes.headers().asLongValue())
                .setMaxInitialLineLength(sizes.target());
        DoorServer opened = new DoorServer(
                vertx,
                options,
                DoorLimits.of(config, sizes.body().asLongValue()),
                new TrustedProxies(proxies),
                refused::refused,
                VertxHttpRecorder.getRootHandler());
        await(opened.open(Runtime.getRuntime().availableProcessors()));
        server = opened;
        LOG.infof("the federation door is open on %s port %d", address.host(), opened.port());
    }

    /** Asks nothing of open connections: they keep the certificate with which they began. */
    void renew(@Observes CertificateUpdatedEvent event) {
        RenewableKeys current = keys;
        if (current != null && event.name().equals(TLS_BUCKET)) {
            current.renew(keysOf(event.tlsConfiguration()));
        }
    }

    private KeyManagerFactory keysOf(TlsConfiguration bucket) {
        try {
            return bucket.getKeyStoreOptions().getKeyManagerFactory(vertx);
        } catch (Exception e) {
            throw new IllegalStateException("the federation door's certificate: " + e.getMessage(), e);
        }
    }

    void close(@Observes ShutdownEvent event) {
        DoorServer open = server;
        if (open != null) {
            await(open.close());
        }
    }

    private static void await(Future<Void> step) {
        try {
            step.toCompletionStage().toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the federation door: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
