package org.gatehouse.provider.door;

import org.gatehouse.matrix.canonicaljson.CanonicalJson;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.StrictJson;
import org.gatehouse.runtime.http.MatrixError;

/** Reads the body of a request. */
public final class RequestBody {

    private RequestBody() {}

    /**
     * The JSON object in a body.
     *
     * @throws org.gatehouse.matrix.canonicaljson.MalformedJson M_NOT_JSON or M_BAD_JSON
     */
    public static JsonObject object(byte[] body) {
        JsonObject json = StrictJson.parseObject(body);
        json.defect().ifPresent(defect -> {
            throw MatrixError.badJson("The body has a defect: " + defect);
        });
        return json;
    }

    /** As {@link #object}, where an absent body stands for an empty object. */
    public static JsonObject objectOrEmpty(byte[] body) {
        return body.length == 0 ? JsonObject.EMPTY : object(body);
    }

    /** The content of an event: only what canonical JSON knows can be signed. */
    public static JsonObject eventContent(byte[] body) {
        return eventContent(object(body));
    }

    /**
     * The content of an event, as {@link #eventContent(byte[])}.
     *
     * @throws MatrixError 400 M_BAD_JSON if it holds a number that is no integer within ±(2^53 - 1)
     */
    public static JsonObject eventContent(JsonObject content) {
        if (!CanonicalJson.isStrict(content)) {
            throw MatrixError.badJson("An event may only hold integers within ±(2^53 - 1)");
        }
        return content;
    }
}
