package org.gatehouse.requestauth;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.gatehouse.matrix.identifier.KeyId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.signing.ServerKeys;

/** The keys of the test's peers, and how often they were asked for. */
@Singleton
public class PublishedKeys implements VerifyKeys {

    private final Map<ServerName, ServerKeys> published = new ConcurrentHashMap<>();
    final AtomicInteger questions = new AtomicInteger();

    void publish(ServerKeys keys) {
        published.put(keys.server(), keys);
    }

    @Override
    public Uni<Optional<ServerKeys>> find(ServerName server, SortedSet<KeyId> cited) {
        questions.incrementAndGet();
        return Uni.createFrom().item(Optional.ofNullable(published.get(server)));
    }
}
