package org.gatehouse.keys.verifykey;

import io.smallrye.mutiny.Uni;
import java.util.Optional;
import org.gatehouse.matrix.identifier.ServerName;

/** Answers of other servers. */
interface RemoteKeys {

    /** The body of GET /_matrix/key/v2/server at that server; empty, or a failure, if it cannot be had. */
    Uni<Optional<byte[]>> fetch(ServerName server);
}
