package org.gatehouse.matrix.signing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.gatehouse.matrix.identifier.KeyId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.roomversion.RoomVersion;
import org.gatehouse.matrix.signing.ServerKeys.OldKey;

/** A key ring over responses that were fetched before; of several for one server each may vouch. */
public final class CachedKeyRing implements KeyRing {

    private final SortedMap<ServerName, List<ServerKeys>> byServer;

    private CachedKeyRing(SortedMap<ServerName, List<ServerKeys>> byServer) {
        this.byServer = byServer;
    }

    /**
     * A ring of these keys.
     *
     * @param keys with {@link ServerKeys#validUntilTs} lowered to seven days after their fetch by the caller
     */
    public static CachedKeyRing of(Collection<ServerKeys> keys) {
        SortedMap<ServerName, List<ServerKeys>> byServer = new TreeMap<>();
        keys.forEach(each -> byServer.computeIfAbsent(each.server(), server -> new ArrayList<>())
                .add(each));
        return new CachedKeyRing(byServer);
    }

    @Override
    public Optional<VerifyKey> keyForEvent(ServerName server, KeyId keyId, long originServerTs, RoomVersion version) {
        for (ServerKeys keys : of(server)) {
            Optional<VerifyKey> key = keyForEvent(keys, keyId, originServerTs, version);
            if (key.isPresent()) {
                return key;
            }
        }
        return Optional.empty();
    }

    @Override
    public Optional<VerifyKey> keyForRequest(ServerName server, KeyId keyId, long now) {
        return of(server).stream()
                .filter(keys -> keys.validUntilTs() >= now)
                .flatMap(keys -> Optional.ofNullable(keys.verifyKeys().get(keyId)).stream())
                .findFirst();
    }

    private static Optional<VerifyKey> keyForEvent(
            ServerKeys keys, KeyId keyId, long originServerTs, RoomVersion version) {
        VerifyKey current = keys.verifyKeys().get(keyId);
        if (current != null && (!version.keyValidityEnforced() || keys.validUntilTs() >= originServerTs)) {
            return Optional.of(current);
        }
        OldKey old = keys.oldVerifyKeys().get(keyId);
        return old != null && old.expiredTs() >= originServerTs ? Optional.of(old.key()) : Optional.empty();
    }

    private List<ServerKeys> of(ServerName server) {
        return byServer.getOrDefault(server, List.of());
    }
}
