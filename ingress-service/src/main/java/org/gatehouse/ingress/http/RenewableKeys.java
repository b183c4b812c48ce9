package org.gatehouse.ingress.http;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * The door's keys and certificates, which may be exchanged while handshakes go on: one that has begun ends with those
 * with which it began. (Vert.x' own exchange closes the connections that come while it is under way.)
 */
final class RenewableKeys extends X509ExtendedKeyManager {

    /** Each set of keys has a number, which is in the names that it gives. */
    private record Generation(int number, X509ExtendedKeyManager keys) {

        @Nullable
        String named(@Nullable String alias) {
            return alias == null ? null : number + ":" + alias;
        }
    }

    /** The newest first; the one before it is for handshakes under way. */
    private volatile List<Generation> generations;

    RenewableKeys(KeyManagerFactory first) {
        this.generations = List.of(new Generation(0, keysOf(first)));
    }

    /** Handshakes from now on use these. */
    synchronized void renew(KeyManagerFactory factory) {
        Generation last = generations.get(0);
        generations = List.of(new Generation(last.number() + 1, keysOf(factory)), last);
    }

    private static X509ExtendedKeyManager keysOf(KeyManagerFactory factory) {
        for (KeyManager manager : factory.getKeyManagers()) {
            if (manager instanceof X509ExtendedKeyManager keys) {
                return keys;
            }
        }
        throw new IllegalArgumentException("the certificate and its key cannot be used for TLS");
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
            String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        Generation newest = generations.get(0);
        return newest.named(newest.keys().chooseEngineServerAlias(keyType, issuers, engine));
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        Generation newest = generations.get(0);
        return newest.named(newest.keys().chooseServerAlias(keyType, issuers, socket));
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        Generation newest = generations.get(0);
        String[] aliases = newest.keys().getServerAliases(keyType, issuers);
        return aliases == null ? null : Stream.of(aliases).map(newest::named).toArray(String[]::new);
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        Generation generation = generationOf(alias);
        return generation == null ? null : generation.keys().getCertificateChain(nameIn(alias));
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        Generation generation = generationOf(alias);
        return generation == null ? null : generation.keys().getPrivateKey(nameIn(alias));
    }

    private @Nullable Generation generationOf(String alias) {
        for (Generation generation : generations) {
            if (alias.startsWith(generation.number() + ":")) {
                return generation;
            }
        }
        return null;
    }

    private static String nameIn(String alias) {
        return alias.substring(alias.indexOf(':') + 1);
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }
}
