package org.gatehouse.runtime.internal;

import java.util.Optional;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.MalformedJson;
import org.gatehouse.matrix.canonicaljson.StrictJson;
import org.gatehouse.runtime.http.MatrixError;

/**
 * What another service answered.
 *
 * @param status the HTTP status
 * @param body as it came; not a copy
 */
@SuppressWarnings("ArrayRecordComponent")
public record InternalResponse(int status, byte[] body) {

    public boolean isOk() {
        return status >= 200 && status < 300;
    }

    /** The body, if it is a JSON object; throws {@link MalformedJson} if not. */
    public JsonObject json() {
        return StrictJson.parseObject(body);
    }

    /** This answer if it is a 2xx; throws a {@link MatrixError} with its status, code and text if not. */
    public InternalResponse requireOk() {
        if (isOk()) {
            return this;
        }
        Optional<JsonObject> error = errorBody();
        throw new MatrixError(
                status,
                error.flatMap(json -> json.string("errcode")).orElse("M_UNKNOWN"),
                error.flatMap(json -> json.string("error")).orElse("Internal call failed"));
    }

    private Optional<JsonObject> errorBody() {
        try {
            return Optional.of(json());
        } catch (MalformedJson e) {
            return Optional.empty();
        }
    }
}
