package org.gatehouse.keys.verifykey;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.gatehouse.keys.ownkey.OwnKeys;
import org.gatehouse.matrix.canonicaljson.CanonicalJson;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.identifier.ServerName;

/** The use case over servers that answer from a map. */
public final class StandInKeys {

    private StandInKeys() {}

    public static FindVerifyKeys of(OwnKeys ownKeys, Map<ServerName, JsonObject> published, Clock clock) {
        StoredKeys nothing = new StoredKeys() {
            @Override
            public Uni<Optional<KnownKeys>> find(ServerName server) {
                return Uni.createFrom().item(Optional.empty());
            }

            @Override
            public Uni<Void> put(KnownKeys keys) {
                return Uni.createFrom().voidItem();
            }
        };
        return new FindVerifyKeys(
                ownKeys,
                nothing,
                server -> Uni.createFrom()
                        .item(Optional.ofNullable(published.get(server)).map(CanonicalJson::write)),
                clock,
                new KeyFetchMeters(new SimpleMeterRegistry()));
    }
}
