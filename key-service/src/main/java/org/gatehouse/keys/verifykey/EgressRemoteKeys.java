package org.gatehouse.keys.verifykey;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.runtime.internal.InternalCall;
import org.gatehouse.runtime.internal.InternalClient;
import org.gatehouse.runtime.internal.InternalOperation;
import org.gatehouse.runtime.internal.InternalResponse;

/** Asks through egress-service, the only one that may. */
@Singleton
class EgressRemoteKeys implements RemoteKeys {

    private final InternalClient client;

    EgressRemoteKeys(InternalClient client) {
        this.client = client;
    }

    @Override
    public Uni<Optional<byte[]>> fetch(ServerName server) {
        return client.call(InternalCall.to(InternalOperation.REMOTE_KEYS, server.toString()))
                .map(response ->
                        Optional.of(response).filter(InternalResponse::isOk).map(InternalResponse::body));
    }
}
