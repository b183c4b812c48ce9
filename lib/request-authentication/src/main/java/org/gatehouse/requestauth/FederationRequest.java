package org.gatehouse.requestauth;

import jakarta.enterprise.context.RequestScoped;
import java.util.Optional;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.runtime.http.MatrixError;
import org.jspecify.annotations.Nullable;

/** The request at hand, verified. Only behind {@link FederationAuthenticated}. */
@RequestScoped
public class FederationRequest {

    private @Nullable Verified verified;

    @SuppressWarnings("ArrayRecordComponent")
    record Verified(ServerName origin, ServerName destination, byte[] bodyBytes, Optional<JsonObject> body) {}

    void verified(Verified outcome) {
        this.verified = outcome;
    }

    /** The server that signed it. */
    public ServerName origin() {
        return required().origin();
    }

    /** Which of our names it addressed. */
    public ServerName destination() {
        return required().destination();
    }

    /** The body as it came, not a copy; empty if there was none. */
    public byte[] bodyBytes() {
        return required().bodyBytes();
    }

    /** The body, read with its literal numbers; empty if there was none. */
    public Optional<JsonObject> body() {
        return required().body();
    }

    /** The body of a request that must have one; throws 400 M_NOT_JSON if it has none. */
    public JsonObject requireBody() {
        return body().orElseThrow(() -> MatrixError.notJson("A JSON body is required"));
    }

    private Verified required() {
        if (verified == null) {
            throw new IllegalStateException("the resource is not @FederationAuthenticated");
        }
        return verified;
    }
}
