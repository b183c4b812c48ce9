package org.gatehouse.keys.verifykey;

import io.smallrye.mutiny.Uni;
import java.util.Optional;
import org.gatehouse.matrix.identifier.ServerName;

/** Answers of other servers. */
interface RemoteKeys {

    /** The body of GET /_matrix/key/v2/server at that server; empty if it cannot be had; a failure if it could not be asked for. */
    Uni<Optional<byte[]>> fetch(ServerName server);
}
