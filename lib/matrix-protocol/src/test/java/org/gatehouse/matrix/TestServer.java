package org.gatehouse.matrix;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.identifier.KeyId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.matrix.roomversion.RoomVersion;
import org.gatehouse.matrix.signing.CachedKeyRing;
import org.gatehouse.matrix.signing.EventSigning;
import org.gatehouse.matrix.signing.KeyRing;
import org.gatehouse.matrix.signing.ServerKeys;
import org.gatehouse.matrix.signing.ServerKeys.OldKey;
import org.gatehouse.matrix.signing.SigningKey;

/** A server of which the tests know the keys; its key {@code ed25519:1} follows from its name. */
public final class TestServer {

    public static final long VALID_UNTIL = 2_000_000_000_000L;

    private final ServerName name;

    public TestServer(String name) {
        this.name = new ServerName(name);
    }

    public ServerName name() {
        return name;
    }

    public UserId user(String localpart) {
        return new UserId("@" + localpart + ":" + name);
    }

    public SigningKey key() {
        return key("1");
    }

    public SigningKey key(String version) {
        byte[] seed = Arrays.copyOf((name + "/" + version).getBytes(StandardCharsets.UTF_8), 32);
        return SigningKey.fromSeed(seed, new KeyId("ed25519:" + version));
    }

    /** A response in which the given versions are in use, or {@code 1} if none is named. */
    public ServerKeys keys(String... versions) {
        return keys(VALID_UNTIL, Map.of(), versions);
    }

    public ServerKeys keys(long validUntilTs, Map<String, Long> expired, String... versions) {
        List<SigningKey> inUse = new ArrayList<>();
        for (String version : versions.length == 0 ? new String[] {"1"} : versions) {
            inUse.add(key(version));
        }
        SortedMap<KeyId, OldKey> old = new TreeMap<>();
        expired.forEach((version, until) -> {
            SigningKey key = key(version);
            old.put(key.id(), new OldKey(key.verifyKey(), until));
        });
        JsonObject response = ServerKeys.publish(name, inUse, old, validUntilTs);
        return ServerKeys.parse(name, response).orElseThrow();
    }

    public KeyRing ring() {
        return CachedKeyRing.of(List.of(keys()));
    }

    /** The draft with its content hash and this server's signature. */
    public JsonObject sign(RoomVersion version, JsonObject draft) {
        return EventSigning.hashAndSign(version, draft, name, key());
    }
}
