package org.gatehouse.keys.ownkey;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.gatehouse.matrix.identifier.KeyId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.signing.ServerKeys.OldKey;
import org.gatehouse.matrix.signing.SigningKey;

/** The keys of one hosted server name. */
public final class HostedKeys {

    private final ServerName server;
    private final List<SigningKey> inUse;
    private final SortedMap<KeyId, OldKey> old;

    public HostedKeys(ServerName server, List<SigningKey> inUse, SortedMap<KeyId, OldKey> old) {
        this.server = server;
        this.inUse = List.copyOf(inUse);
        this.old = Collections.unmodifiableSortedMap(new TreeMap<>(old));
    }

    public ServerName server() {
        return server;
    }

    /** The key that signs: the newest in use. */
    public SigningKey signingKey() {
        return inUse.get(inUse.size() - 1);
    }

    List<SigningKey> inUse() {
        return inUse;
    }

    SortedMap<KeyId, OldKey> old() {
        return old;
    }

    @Override
    public String toString() {
        return "HostedKeys[" + server + "]";
    }
}
