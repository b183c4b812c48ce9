package org.gatehouse.runtime.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Optional;
import org.gatehouse.matrix.canonicaljson.CanonicalJson;
import org.gatehouse.matrix.canonicaljson.JsonObject;

/** Answers in Matrix's form. */
public final class MatrixResponses {

    private MatrixResponses() {}

    /** 200 with a JSON body. */
    public static Response json(JsonObject body) {
        return json(200, body);
    }

    public static Response json(int status, JsonObject body) {
        return json(status, CanonicalJson.write(body));
    }

    /** JSON text, sent as it is. */
    public static Response json(int status, byte[] body) {
        return Response.status(status)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(body)
                .build();
    }

    public static Response error(int status, String errcode, String error) {
        return json(status, errorBody(errcode, error));
    }

    static Response error(MatrixError error) {
        JsonObject.Builder body = JsonObject.builder();
        error.details().forEach(body::put);
        body.put("errcode", error.errcode()).put("error", error.text());
        Optional<Duration> retryAfter = error.retryAfter();
        if (retryAfter.isEmpty()) {
            return json(error.status(), body.build());
        }
        if (error.status() == 429) {
            body.put("retry_after_ms", retryAfter.get().toMillis());
        }
        return Response.fromResponse(json(error.status(), body.build()))
                .header(HttpHeaders.RETRY_AFTER, Math.max(1, retryAfter.get().toSeconds()))
                .build();
    }

    /** Ends a request that never reached a resource. */
    public static void send(RoutingContext context, int status, String errcode, String error) {
        context.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON)
                .end(Buffer.buffer(CanonicalJson.write(errorBody(errcode, error))));
    }

    private static JsonObject errorBody(String errcode, String error) {
        return JsonObject.builder().put("errcode", errcode).put("error", error).build();
    }
}
