package org.gatehouse.keys.ownkey;

import java.util.List;
import java.util.OptionalLong;
import org.gatehouse.matrix.identifier.KeyId;
import org.gatehouse.matrix.identifier.ServerName;

/** Where our signing keys are kept. Called while the service starts only. */
interface SigningKeys {

    /** All keys that a hosted server name ever had, oldest first. */
    List<StoredKey> of(ServerName server);

    /** Keeps the first key of a server name, unless it has one already: then nothing is changed. */
    void addFirst(ServerName server, StoredKey key);

    /** One key as it is stored: its seed perhaps sealed. */
    final class StoredKey {
        private final KeyId id;
        private final byte[] seed;
        private final boolean sealed;
        private final OptionalLong expiredTs;

        StoredKey(KeyId id, byte[] seed, boolean sealed, OptionalLong expiredTs) {
            this.id = id;
            this.seed = seed;
            this.sealed = sealed;
            this.expiredTs = expiredTs;
        }

        KeyId id() {
            return id;
        }

        byte[] seed() {
            return seed;
        }

        boolean isSealed() {
            return sealed;
        }

        /** When we stopped using it, in milliseconds since the epoch; empty while it is in use. */
        OptionalLong expiredTs() {
            return expiredTs;
        }

        @Override
        public String toString() {
            return "StoredKey[" + id + ", seed=[REDACTED]]";
        }
    }
}
