package org.gatehouse.keys.policyserver;

import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.gatehouse.keys.ownkey.PolicyKeys;
import org.gatehouse.keys.policyserver.Recommendation.Recommended;
import org.gatehouse.keys.policyserver.Recommendation.Refused;
import org.gatehouse.keys.verifykey.FindVerifyKeys;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.StrictJson;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.runtime.http.MatrixError;
import org.gatehouse.runtime.http.MatrixResponses;
import org.gatehouse.runtime.internal.Internal;
import org.gatehouse.runtime.internal.InternalOperation;

/** The role of a policy server, for ingress (other servers' events) and egress (events of rooms in this cluster). */
@Path("/internal/policy")
class PolicyServerResource {

    private final PolicyKeys keys;
    private final RecommendEvent recommendEvent;

    PolicyServerResource(PolicyKeys keys, FindVerifyKeys verifyKeys, CurrentRules rules) {
        this.keys = keys;
        this.recommendEvent = new RecommendEvent(keys, verifyKeys, rules::get);
    }

    /** 200 with {@code signature}; otherwise the error that other servers are to see. */
    @POST
    @Path("/sign")
    @NonBlocking
    @Internal(InternalOperation.POLICY_SIGN)
    public Uni<Response> sign(byte[] body) {
        JsonObject wish = StrictJson.parseObject(body);
        return recommendEvent
                .recommend(server(text(wish, "policy_server")), text(wish, "room_version"), event(wish))
                .map(PolicyServerResource::respond);
    }

    /** The public key of a hosted name in this role. */
    @GET
    @Path("/key/{serverName}")
    @NonBlocking
    @Internal(InternalOperation.POLICY_KEY)
    public Response key(@PathParam("serverName") String serverName) {
        return Optional.of(server(serverName))
                .flatMap(keys::of)
                .map(key -> JsonObject.EMPTY.with("ed25519", key.verifyKey().toBase64()))
                .map(MatrixResponses::json)
                .orElseThrow(() -> MatrixError.notFound("This is no policy server"));
    }

    private static Response respond(Recommendation recommendation) {
        if (recommendation instanceof Refused refused) {
            throw new MatrixError(refused.status(), refused.errcode(), refused.reason());
        }
        return MatrixResponses.json(JsonObject.EMPTY.with("signature", ((Recommended) recommendation).signature()));
    }

    private static ServerName server(String text) {
        return ServerName.tryParse(text).orElseThrow(() -> MatrixError.invalidParam("policy_server"));
    }

    private static String text(JsonObject wish, String field) {
        return wish.string(field).orElseThrow(() -> MatrixError.missingParam(field));
    }

    private static JsonObject event(JsonObject wish) {
        return wish.object("event").orElseThrow(() -> MatrixError.missingParam("event"));
    }
}
