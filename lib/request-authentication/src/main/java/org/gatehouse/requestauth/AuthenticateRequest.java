package org.gatehouse.requestauth;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.JsonValue;
import org.gatehouse.matrix.canonicaljson.StrictJson;
import org.gatehouse.matrix.request.SignedRequest;
import org.gatehouse.matrix.request.XMatrixParse.RequestSignature;
import org.gatehouse.matrix.signing.ServerKeys;
import org.gatehouse.matrix.signing.VerifyKey;
import org.gatehouse.runtime.http.MatrixError;

/** Verifies a claim: Server-Server API, "Request Authentication". */
final class AuthenticateRequest {

    /** From this size on, reading and hashing a body would hold up the other requests of its event loop. */
    private static final int LARGE = 32 * 1024;

    private final VerifyKeys verifyKeys;
    private final Clock clock;

    AuthenticateRequest(VerifyKeys verifyKeys, Clock clock) {
        this.verifyKeys = verifyKeys;
        this.clock = clock;
    }

    /**
     * Fails with 401 M_UNAUTHORIZED, or 400 if the body is no JSON object. A body in other white space or order of keys
     * is the same body: the signature is over canonical JSON, numbers as they are written.
     */
    Uni<FederationRequest.Verified> authenticate(RequestHead head, Claim claim, byte[] body) {
        if (body.length < LARGE) {
            return authenticate(head, claim, body, contentOf(body), Runnable::run);
        }
        Executor workers = Infrastructure.getDefaultWorkerPool();
        Executor back = callersContext();
        return Uni.createFrom()
                .item(body)
                .emitOn(workers)
                .map(AuthenticateRequest::contentOf)
                .chain(content -> authenticate(head, claim, body, content, workers))
                .emitOn(back);
    }

    private Uni<FederationRequest.Verified> authenticate(
            RequestHead head, Claim claim, byte[] body, Optional<JsonObject> content, Executor verifier) {
        SignedRequest request = new SignedRequest(
                head.method(), head.target(), claim.origin(), claim.destination(), content.map(JsonValue.class::cast));
        return verifyKeys
                .find(claim.origin(), claim.citedKeys())
                .emitOn(verifier)
                .invoke(keys -> requireSignature(claim, request, keys))
                .map(keys -> new FederationRequest.Verified(claim.origin(), claim.destination(), body, content));
    }

    private static Optional<JsonObject> contentOf(byte[] body) {
        return body.length == 0 ? Optional.empty() : Optional.of(StrictJson.parseObject(body));
    }

    /** What follows the verification of a large body belongs to the request's event loop again. */
    private static Executor callersContext() {
        Context context = Vertx.currentContext();
        return context == null ? Runnable::run : task -> context.runOnContext(ignored -> task.run());
    }

    /** One signature at least is valid, and none by a key that we know is not. Keys no longer in use do not count. */
    private void requireSignature(Claim claim, SignedRequest request, Optional<ServerKeys> known) {
        ServerKeys keys = known.filter(published -> published.validUntilTs() >= clock.millis())
                .orElseThrow(() -> MatrixError.unauthorized("No valid keys of the origin are known"));
        boolean anyValid = false;
        for (RequestSignature signature : claim.signatures()) {
            VerifyKey key = keys.verifyKeys().get(signature.keyId());
            if (key == null) {
                continue;
            }
            if (!request.verify(signature.signature(), key)) {
                throw MatrixError.unauthorized("Invalid signature");
            }
            anyValid = true;
        }
        if (!anyValid) {
            throw MatrixError.unauthorized("Signed with a key that the origin does not publish");
        }
    }
}
