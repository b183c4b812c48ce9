package org.gatehouse.ingress.handshake;

import jakarta.ws.rs.core.Response;
import org.gatehouse.matrix.canonicaljson.CanonicalJson;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.canonicaljson.JsonNumber;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.runtime.http.MatrixResponses;

/** The form of the first version's answers: the status stands in the body once more. */
final class AnswerPair {

    private AnswerPair() {}

    static Response of(JsonObject answer) {
        return MatrixResponses.json(200, CanonicalJson.write(JsonArray.of(JsonNumber.of(200), answer)));
    }
}
