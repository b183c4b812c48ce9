package org.gatehouse.ingress.surface;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.concurrent.ConcurrentHashMap;
import org.gatehouse.matrix.identifier.KeyId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.signing.ServerKeys;
import org.gatehouse.requestauth.VerifyKeys;
import org.gatehouse.testkit.PeerIdentity;

/** The keys of a test's peers. */
@Singleton
public class PublishedKeys implements VerifyKeys {

    private static final long FAR = Long.MAX_VALUE >> 12;

    private final Map<ServerName, ServerKeys> published = new ConcurrentHashMap<>();

    public void publish(PeerIdentity peer) {
        published.put(
                peer.name(),
                ServerKeys.parse(peer.name(), peer.publishedKeys(FAR)).orElseThrow());
    }

    @Override
    public Uni<Optional<ServerKeys>> find(ServerName server, SortedSet<KeyId> cited) {
        return Uni.createFrom().item(Optional.ofNullable(published.get(server)));
    }
}
