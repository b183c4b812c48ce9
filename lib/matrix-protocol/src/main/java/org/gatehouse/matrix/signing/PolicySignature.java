package org.gatehouse.matrix.signing;

import java.util.Optional;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.event.EventTypes;
import org.gatehouse.matrix.identifier.KeyId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.roomversion.RoomVersion;

/**
 * The signature by which a policy server recommends an event (Server-Server API, "Policy Servers"). It is made as any
 * signature on an event is, with a key of its own that stands in the room's {@code m.room.policy}.
 */
public final class PolicySignature {

    /** The ID that the key always has. */
    public static final KeyId KEY_ID = new KeyId("ed25519:policy_server");

    private PolicySignature() {}

    /** Whether policy servers are not asked about such an event: the policy itself, so that it can be ended. */
    public static boolean isExempt(String type, Optional<String> stateKey) {
        return type.equals(EventTypes.POLICY) && stateKey.equals(Optional.of(""));
    }

    /** As {@link #isExempt(String, Optional)}, for the JSON of an event. */
    public static boolean isExempt(JsonObject event) {
        return isExempt(event.string("type").orElse(""), event.string("state_key"));
    }

    /**
     * Whether the event bears the policy server's signature, and it verifies.
     *
     * @param key the public key in base64, as the room's state has it; one that is no key verifies nothing
     */
    public static boolean isValid(RoomVersion version, JsonObject event, ServerName via, String key) {
        return VerifyKey.tryFromBase64(key)
                .filter(known -> EventSigning.verify(version, event, via, KEY_ID, known))
                .isPresent();
    }

    /** The event with that signature in the place of an older one of the same key; all others stay. */
    public static JsonObject merge(JsonObject event, ServerName via, String signature) {
        return JsonSigning.withSignature(event, via, KEY_ID, signature);
    }
}
