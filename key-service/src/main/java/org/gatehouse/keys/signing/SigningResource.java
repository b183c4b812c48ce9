package org.gatehouse.keys.signing;

import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import org.gatehouse.keys.ownkey.HostedKeys;
import org.gatehouse.keys.ownkey.OwnKeys;
import org.gatehouse.keys.signing.Answer.Refused;
import org.gatehouse.keys.signing.Answer.Signed;
import org.gatehouse.keys.verifykey.FindVerifyKeys;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.StrictJson;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.matrix.request.SignedRequest;
import org.gatehouse.matrix.signing.SigningKey;
import org.gatehouse.runtime.http.MatrixError;
import org.gatehouse.runtime.http.MatrixResponses;
import org.gatehouse.runtime.internal.Internal;
import org.gatehouse.runtime.internal.InternalOperation;

/** What other services may have signed. */
@Path("/internal/sign")
class SigningResource {

    private final OwnKeys keys;
    private final SignEvent signEvent;
    private final SignInvite signInvite;

    SigningResource(OwnKeys keys, FindVerifyKeys verifyKeys) {
        this.keys = keys;
        this.signEvent = new SignEvent(keys);
        this.signInvite = new SignInvite(keys, verifyKeys);
    }

    @POST
    @Path("/event")
    @NonBlocking
    @Internal(InternalOperation.SIGN_EVENT)
    public Response event(byte[] body) {
        JsonObject wish = StrictJson.parseObject(body);
        return respond(signEvent.sign(text(wish, "room_version"), user(wish), event(wish)), true);
    }

    @POST
    @Path("/invite")
    @NonBlocking
    @Internal(InternalOperation.SIGN_INVITE)
    public Uni<Response> invite(byte[] body) {
        JsonObject wish = StrictJson.parseObject(body);
        return signInvite
                .sign(text(wish, "room_version"), user(wish), event(wish))
                .map(answer -> respond(answer, false));
    }

    @POST
    @Path("/request")
    @NonBlocking
    @Internal(InternalOperation.SIGN_REQUEST)
    public Response request(byte[] body) {
        SignedRequest request = RequestWish.read(StrictJson.parseObject(body));
        HostedKeys hosted = keys.of(request.origin())
                .orElseThrow(() -> MatrixError.forbidden(request.origin() + " is not hosted here"));
        SigningKey key = hosted.signingKey();
        return MatrixResponses.json(JsonObject.builder()
                .put("key_id", key.id().toString())
                .put("signature", key.signBase64(request.signingBytes()))
                .build());
    }

    private static Response respond(Answer answer, boolean withId) {
        if (answer instanceof Refused refused) {
            throw error(refused);
        }
        Signed signed = (Signed) answer;
        JsonObject body = JsonObject.of("event", signed.event());
        return MatrixResponses.json(
                withId ? body.with("event_id", signed.eventId().toString()) : body);
    }

    private static MatrixError error(Refused refused) {
        return switch (refused.reason()) {
            case NOT_HOSTED -> MatrixError.forbidden(refused.detail());
            case NOT_THIS_KIND -> MatrixError.invalidParam(refused.detail());
            case UNKNOWN_ROOM_VERSION -> new MatrixError(400, "M_UNSUPPORTED_ROOM_VERSION", refused.detail());
            case MALFORMED -> MatrixError.badJson(refused.detail());
            case TOO_LARGE -> MatrixError.tooLarge(refused.detail());
            case UNVERIFIED -> MatrixError.forbidden(refused.detail());
        };
    }

    private static String text(JsonObject wish, String field) {
        return wish.string(field).orElseThrow(() -> MatrixError.missingParam(field));
    }

    private static UserId user(JsonObject wish) {
        return UserId.tryParse(text(wish, "user")).orElseThrow(() -> MatrixError.invalidParam("user"));
    }

    private static JsonObject event(JsonObject wish) {
        return wish.object("event").orElseThrow(() -> MatrixError.missingParam("event"));
    }
}
