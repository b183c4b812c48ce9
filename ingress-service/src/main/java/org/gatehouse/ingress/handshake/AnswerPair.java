package org.gatehouse.ingress.handshake;

import org.gatehouse.matrix.canonicaljson.CanonicalJson;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.canonicaljson.JsonNumber;
import org.gatehouse.matrix.canonicaljson.JsonObject;

/** The form of the first version's answers: the status stands in the body once more. */
final class AnswerPair {

    private AnswerPair() {}

    /** The body, as JSON text. */
    static byte[] of(JsonObject answer) {
        return CanonicalJson.write(JsonArray.of(JsonNumber.of(200), answer));
    }
}
