package org.gatehouse.testkit;

import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.JsonValue;
import org.gatehouse.matrix.event.EventDraft;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.event.StoredPdus;
import org.gatehouse.matrix.identifier.KeyId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.matrix.request.SignedRequest;
import org.gatehouse.matrix.signing.EventSigning;
import org.gatehouse.matrix.signing.ServerKeys;
import org.gatehouse.matrix.signing.SigningKey;

/** A server's name and signing key. */
public record PeerIdentity(ServerName name, SigningKey key) {

    /** A peer with a new key. */
    public static PeerIdentity of(String name) {
        return new PeerIdentity(
                new ServerName(name), SigningKey.generate(new SecureRandom(), new KeyId("ed25519:peer")));
    }

    /** A user of this server. */
    public UserId user(String localpart) {
        return new UserId("@" + localpart + ":" + name);
    }

    /** Hashes and signs an event. */
    public Pdu sign(EventDraft draft) {
        JsonObject signed = EventSigning.hashAndSign(draft.roomVersion(), draft.toJson(), name, key);
        return StoredPdus.of(draft.roomVersion(), signed);
    }

    /** The answer to {@code GET /_matrix/key/v2/server}. */
    public JsonObject publishedKeys(long validUntilTs) {
        return ServerKeys.publish(name, List.of(key), Map.of(), validUntilTs);
    }

    /** The Authorization header of a request. */
    public String authorization(String method, String target, ServerName destination, Optional<JsonValue> content) {
        return new SignedRequest(method, target, name, destination, content).authorization(key);
    }
}
