package org.gatehouse.ingress.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.canonicaljson.JsonNull;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.JsonValue;
import org.gatehouse.matrix.canonicaljson.StrictJson;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.runtime.http.MatrixError;
import org.junit.jupiter.api.Test;

class TransactionBodyTest {

    private static final ServerName PEER = new ServerName("peer.example");

    @Test
    void takesFiftyPdusAndAHundredEdus() {
        JsonObject body = JsonObject.EMPTY.with("pdus", list(50)).with("edus", list(100));
        assertThat(read("t", body).pdus()).hasSize(50);
    }

    @Test
    void refusesOneMore() {
        refuses(JsonObject.EMPTY.with("pdus", list(51)), "M_INVALID_PARAM");
        refuses(JsonObject.EMPTY.with("edus", list(101)), "M_INVALID_PARAM");
    }

    @Test
    void refusesListsThatAreNone() {
        refuses(JsonObject.EMPTY.with("pdus", JsonObject.EMPTY), "M_BAD_JSON");
        refuses(JsonObject.EMPTY.with("edus", "x"), "M_BAD_JSON");
    }

    @Test
    void refusesADefectOfItsOwnAndLeavesThoseOfItsParts() {
        refuses(StrictJson.parseObject("{\"pdus\":[],\"pdus\":[]}"), "M_BAD_JSON");
        refuses(StrictJson.parseObject("{\"pdus\":[],\"more\":{\"a\":1,\"a\":2}}"), "M_BAD_JSON");
        refuses(StrictJson.parseObject("{\"pdus\":[],\"more\":\"\\ud800\"}"), "M_BAD_JSON");

        assertThat(read("t", StrictJson.parseObject("{\"pdus\":[{\"a\":1,\"a\":2}],\"edus\":[\"\\ud800\"]}"))
                        .pdus())
                .hasSize(1);
    }

    @Test
    void takesAbsentAndNullListsAsEmpty() {
        assertThat(read("t", JsonObject.EMPTY.with("pdus", JsonNull.NULL)).pdus())
                .isEmpty();
    }

    @Test
    void takesATransactionIdOf255BytesAndNotMore() {
        assertThat(read("x".repeat(255), JsonObject.EMPTY).txnId()).hasSize(255);
        assertThatThrownBy(() -> read("é".repeat(128), JsonObject.EMPTY)).isInstanceOf(MatrixError.class);
    }

    private static void refuses(JsonObject body, String errcode) {
        assertThatThrownBy(() -> read("t", body)).isInstanceOfSatisfying(MatrixError.class, error -> {
            assertThat(error.status()).isEqualTo(400);
            assertThat(error.errcode()).isEqualTo(errcode);
        });
    }

    private static Transaction read(String txnId, JsonObject body) {
        return TransactionBody.read(PEER, Fixture.HOSTED, txnId, body);
    }

    private static JsonArray list(int size) {
        return JsonArray.of(Collections.nCopies(size, JsonObject.EMPTY).toArray(new JsonValue[0]));
    }
}
