package org.gatehouse.keys.ownkey;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.gatehouse.keys.ownkey.SigningKeys.StoredKey;
import org.gatehouse.matrix.identifier.KeyId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.signing.ServerKeys.OldKey;
import org.gatehouse.matrix.signing.SigningKey;
import org.jboss.logging.Logger;

/** Opens the stored keys of a hosted server name; makes its first key if there is none. */
final class OpenKeys {

    private static final Logger LOG = Logger.getLogger(OpenKeys.class);
    private static final String ID_CHARACTERS = "abcdefghijkmnpqrstuvwxyz23456789";
    private static final int ID_LENGTH = 8;

    private final SigningKeys store;
    private final Optional<SeedSeal> seal;
    private final SecureRandom random;

    OpenKeys(SigningKeys store, Optional<SeedSeal> seal, SecureRandom random) {
        this.store = store;
        this.seal = seal;
        this.random = random;
    }

    HostedKeys of(ServerName server) {
        List<StoredKey> stored = store.of(server);
        if (stored.isEmpty()) {
            store.addFirst(server, freshKey(server));
            // Another instance may have been first: what is stored now is the key, for both.
            stored = store.of(server);
            LOG.infof(
                    "signing key of %s is %s",
                    server, stored.isEmpty() ? "missing" : stored.get(0).id());
        }
        return open(server, stored);
    }

    /** The ID is random too: should the key ever be lost and made again, nobody takes the one for the other. */
    private StoredKey freshKey(ServerName server) {
        StringBuilder version = new StringBuilder();
        for (int i = 0; i < ID_LENGTH; i++) {
            version.append(ID_CHARACTERS.charAt(random.nextInt(ID_CHARACTERS.length())));
        }
        KeyId id = new KeyId("ed25519:" + version);
        byte[] seed = seedOf(SigningKey.generate(random, id));
        byte[] kept = seal.map(with -> with.seal(seed, server, id)).orElse(seed);
        return new StoredKey(id, kept, seal.isPresent(), OptionalLong.empty());
    }

    private HostedKeys open(ServerName server, List<StoredKey> stored) {
        List<SigningKey> inUse = new ArrayList<>();
        SortedMap<KeyId, OldKey> old = new TreeMap<>();
        for (StoredKey key : stored) {
            SigningKey opened = open(server, key);
            if (key.expiredTs().isPresent()) {
                old.put(key.id(), new OldKey(opened.verifyKey(), key.expiredTs().getAsLong()));
            } else {
                inUse.add(opened);
            }
        }
        if (inUse.isEmpty()) {
            throw new IllegalStateException("no signing key of " + server + " is in use");
        }
        return new HostedKeys(server, inUse, old);
    }

    private SigningKey open(ServerName server, StoredKey key) {
        if (!key.isSealed()) {
            return SigningKey.fromSeed(key.seed(), key.id());
        }
        SeedSeal opener = seal.orElseThrow(() -> new IllegalStateException("the signing key " + key.id() + " of "
                + server + " is encrypted, but gatehouse.keys.master-key is not set"));
        return SigningKey.fromSeed(opener.open(key.seed(), server, key.id()), key.id());
    }

    private static byte[] seedOf(SigningKey key) {
        return Base64.getDecoder().decode(key.seedBase64());
    }
}
