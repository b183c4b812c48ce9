package org.gatehouse.keys.verifykey;

import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.JsonValue;
import org.gatehouse.matrix.canonicaljson.StrictJson;
import org.gatehouse.matrix.identifier.KeyId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.runtime.http.MatrixError;
import org.gatehouse.runtime.http.MatrixResponses;
import org.gatehouse.runtime.internal.Internal;
import org.gatehouse.runtime.internal.InternalOperation;

/** Keys of servers, for those who check signatures. */
@Path("/internal/verify-keys")
class VerifyKeysResource {

    private final FindVerifyKeys findVerifyKeys;
    private final Clock clock;

    VerifyKeysResource(FindVerifyKeys findVerifyKeys, Clock clock) {
        this.findVerifyKeys = findVerifyKeys;
        this.clock = clock;
    }

    /** {@code minimum_valid_until_ts} is now if it is not given. */
    @POST
    @NonBlocking
    @Internal(InternalOperation.VERIFY_KEYS)
    public Uni<Response> find(byte[] body) {
        JsonObject wish = StrictJson.parseObject(body);
        JsonObject servers = wish.object("servers").orElseThrow(() -> MatrixError.missingParam("servers"));
        long minimumValidUntil = wish.integer("minimum_valid_until_ts").orElseGet(clock::millis);
        return findVerifyKeys.findKnown(wanted(servers), minimumValidUntil).map(VerifyKeysResource::answer);
    }

    private static Map<ServerName, List<KeyId>> wanted(JsonObject servers) {
        Map<ServerName, List<KeyId>> wanted = new TreeMap<>();
        servers.forEach((name, ids) -> ServerName.tryParse(name).ifPresent(server -> wanted.put(server, keyIds(ids))));
        return wanted;
    }

    private static List<KeyId> keyIds(JsonValue ids) {
        return ids.asArray().map(JsonArray::strings).orElse(List.of()).stream()
                .flatMap(id -> KeyId.tryParse(id).stream())
                .toList();
    }

    private static Response answer(List<KnownKeys> known) {
        JsonObject.Builder servers = JsonObject.builder();
        known.forEach(keys -> servers.put(keys.server().toString(), keys.toJson()));
        return MatrixResponses.json(JsonObject.of("servers", servers.build()));
    }
}
