package org.gatehouse.requestauth;

import io.smallrye.mutiny.Uni;
import java.util.Optional;
import java.util.SortedSet;
import org.gatehouse.matrix.identifier.KeyId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.signing.ServerKeys;

/** The published keys of other servers. */
public interface VerifyKeys {

    /**
     * The keys of a server, fresh enough to hold one of those cited if the server publishes it.
     *
     * @param cited the keys that its request names, at least one
     * @return empty if the server is unknown or cannot be reached
     */
    Uni<Optional<ServerKeys>> find(ServerName server, SortedSet<KeyId> cited);
}
