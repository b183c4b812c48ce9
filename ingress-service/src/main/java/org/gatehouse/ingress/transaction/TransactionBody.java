package org.gatehouse.ingress.transaction;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.canonicaljson.JsonNull;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.JsonValue;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.runtime.http.MatrixError;

/** Reads the body of {@code PUT /_matrix/federation/v1/send/{txnId}}: its limits, and nothing of its PDUs and EDUs. */
final class TransactionBody {

    private TransactionBody() {}

    /**
     * Reads a transaction.
     *
     * @throws MatrixError 400 if a limit is passed, a list is no list, or the transaction itself, rather than a PDU or EDU
     *     in it, has a JSON defect; then nothing of it was looked at
     */
    static Transaction read(ServerName origin, ServerName destination, String txnId, JsonObject body) {
        if (txnId.getBytes(StandardCharsets.UTF_8).length > Transaction.MAX_TXN_ID_BYTES) {
            throw new MatrixError(400, "M_INVALID_PARAM", "a transaction ID has at most 255 bytes");
        }
        if (body.without("pdus", "edus").defect().isPresent()) {
            throw new MatrixError(400, "M_BAD_JSON", "a key stands twice in the transaction, or half a surrogate pair");
        }
        List<JsonValue> pdus = list(body, "pdus");
        List<JsonValue> edus = list(body, "edus");
        if (pdus.size() > Transaction.MAX_PDUS) {
            throw new MatrixError(400, "M_INVALID_PARAM", "a transaction has at most 50 PDUs, this one " + pdus.size());
        }
        if (edus.size() > Transaction.MAX_EDUS) {
            throw new MatrixError(
                    400, "M_INVALID_PARAM", "a transaction has at most 100 EDUs, this one " + edus.size());
        }
        return new Transaction(origin, destination, txnId, pdus, edus);
    }

    private static List<JsonValue> list(JsonObject body, String name) {
        JsonValue value = body.get(name).orElse(JsonNull.NULL);
        if (value instanceof JsonArray array) {
            return array.values();
        }
        if (value instanceof JsonNull) {
            return List.of();
        }
        throw new MatrixError(400, "M_BAD_JSON", name + " is not a list");
    }
}
