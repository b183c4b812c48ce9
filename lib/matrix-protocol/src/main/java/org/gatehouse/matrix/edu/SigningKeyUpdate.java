package org.gatehouse.matrix.edu;

import java.util.Optional;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.identifier.UserId;

/**
 * A user has new cross-signing keys (Server-Server API, "Device Management"). Their signatures are for clients to check.
 *
 * @param masterKey absent if it stays as it was; likewise the other
 */
public record SigningKeyUpdate(UserId userId, Optional<JsonObject> masterKey, Optional<JsonObject> selfSigningKey)
        implements Edu {

    public static final String TYPE = "m.signing_key_update";

    /** The type's name before the specification had it, which servers still send. */
    static final String FORMER_TYPE = "org.matrix.signing_key_update";

    static SigningKeyUpdate read(EduFields content) {
        UserId userId = content.ownUser("user_id");
        return new SigningKeyUpdate(
                userId,
                content.optionalObject("master_key").map(key -> requireOf(userId, "master", key)),
                content.optionalObject("self_signing_key").map(key -> requireOf(userId, "self_signing", key)));
    }

    @Override
    public String type() {
        return TYPE;
    }

    private static JsonObject requireOf(UserId userId, String usage, JsonObject key) {
        if (!key.string("user_id").equals(Optional.of(userId.value()))) {
            throw new MalformedEdu("the " + usage + " key is of another user");
        }
        if (!key.array("usage").orElse(JsonArray.EMPTY).strings().contains(usage)) {
            throw new MalformedEdu("the " + usage + " key is not for that use");
        }
        JsonObject keys = key.object("keys").orElse(JsonObject.EMPTY);
        if (keys.size() != 1 || keys.string(keys.names().get(0)).isEmpty()) {
            throw new MalformedEdu("the " + usage + " key holds not one key");
        }
        return key;
    }
}
