package org.gatehouse.ingress.peerheard;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Priorities;
import java.time.Duration;
import org.gatehouse.cluster.PeerHeard;
import org.gatehouse.cluster.RecordCodec;
import org.gatehouse.cluster.Topics;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.requestauth.FederationAuthenticated;
import org.gatehouse.requestauth.FederationRequest;
import org.gatehouse.runtime.log.Publisher;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Publishes a sign of life for each server that made a verified request, at most one a minute. It is advice: if Kafka
 * does not take it at once, the request goes on without.
 */
@Singleton
class PeerHeardFilter {

    private static final RecordCodec<PeerHeard> CODEC = RecordCodec.of(PeerHeard.class);
    private static final Duration PATIENCE = Duration.ofMillis(200);

    // Filters are made before the configuration is read: the publisher is asked for at the first request.
    private final Provider<Publisher> publisher;
    private final FederationRequest request;
    private final Cache<ServerName, Boolean> lately = Caffeine.newBuilder()
            .maximumSize(100_000)
            .expireAfterWrite(Duration.ofMinutes(1))
            .build();

    PeerHeardFilter(Provider<Publisher> publisher, FederationRequest request) {
        this.publisher = publisher;
        this.request = request;
    }

    @ServerRequestFilter(priority = Priorities.USER)
    @FederationAuthenticated
    public Uni<Void> tell() {
        ServerName origin = request.origin();
        if (lately.asMap().putIfAbsent(origin, Boolean.TRUE) != null) {
            return Uni.createFrom().voidItem();
        }
        PeerHeard heard = new PeerHeard(origin);
        return publisher
                .get()
                .publish(Topics.PEER_HEARD, heard.key(), CODEC.encode(heard))
                .replaceWithVoid()
                .ifNoItem()
                .after(PATIENCE)
                .fail()
                .onFailure()
                .recoverWithNull();
    }
}
