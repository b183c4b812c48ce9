package org.gatehouse.keys.ownkey;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.signing.SigningKey;

/**
 * The keys with which hosted names sign as policy servers: never those with which they speak as servers. None if the
 * role is not switched on.
 */
public final class PolicyKeys {

    private final Map<ServerName, SigningKey> keys;

    public PolicyKeys(Map<ServerName, SigningKey> keys) {
        this.keys = new TreeMap<>(keys);
    }

    public Optional<SigningKey> of(ServerName server) {
        return Optional.ofNullable(keys.get(server));
    }
}
