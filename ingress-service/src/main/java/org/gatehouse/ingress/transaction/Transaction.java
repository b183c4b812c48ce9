package org.gatehouse.ingress.transaction;

import java.util.List;
import org.gatehouse.matrix.canonicaljson.JsonValue;
import org.gatehouse.matrix.identifier.ServerName;

/**
 * A transaction of an authenticated server.
 *
 * @param origin the authenticated server; what the body says of it is never read
 * @param destination the hosted name that was addressed
 * @param pdus at most 50, not yet looked at
 * @param edus at most 100, not yet looked at
 */
record Transaction(
        ServerName origin, ServerName destination, String txnId, List<JsonValue> pdus, List<JsonValue> edus) {

    static final int MAX_PDUS = 50;
    static final int MAX_EDUS = 100;
    static final int MAX_TXN_ID_BYTES = 255;

    Transaction {
        pdus = List.copyOf(pdus);
        edus = List.copyOf(edus);
    }

    Key key() {
        return new Key(origin, destination, txnId);
    }

    /** What makes two transactions the same one. */
    record Key(ServerName origin, ServerName destination, String txnId) {}
}
