package org.gatehouse.keys.verifykey;

import io.smallrye.mutiny.Uni;
import java.util.Optional;
import org.gatehouse.matrix.identifier.ServerName;

/** What is known of other servers' keys, for good. */
interface StoredKeys {

    Uni<Optional<KnownKeys>> find(ServerName server);

    Uni<Void> put(KnownKeys keys);
}
