package org.gatehouse.egress.delivery;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.gatehouse.matrix.canonicaljson.CanonicalJson;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.canonicaljson.JsonString;
import org.gatehouse.matrix.canonicaljson.JsonValue;
import org.gatehouse.matrix.canonicaljson.StrictJson;
import org.gatehouse.matrix.identifier.ServerName;

/** A transaction as it is sent, and sent again until it is taken. */
final class PendingTransaction {

    /** The most events of a transaction (Server-Server API, "Transactions"). */
    static final int MOST_EVENTS = 50;

    private final String txnId;
    private final List<Long> offsets;
    private final byte[] body;

    PendingTransaction(String txnId, List<Long> offsets, byte[] body) {
        this.txnId = txnId;
        this.offsets = List.copyOf(offsets);
        this.body = body;
    }

    /**
     * A new transaction.
     *
     * @param events at least one and at most {@link #MOST_EVENTS}, by offset
     * @param now in milliseconds since the epoch; makes the ID one that was never used, even if the topic is remade
     */
    static PendingTransaction of(int shard, ServerName origin, List<LoggedPdu> events, long now) {
        List<Long> offsets = events.stream().map(LoggedPdu::offset).toList();
        String txnId = shard + "-" + offsets.get(0) + "-" + offsets.get(offsets.size() - 1) + "-"
                + Long.toString(now, Character.MAX_RADIX);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        write(
                body,
                "{\"origin\":" + CanonicalJson.writeString(new JsonString(origin.toString())) + ",\"origin_server_ts\":"
                        + now + ",\"pdus\":[");
        for (int i = 0; i < events.size(); i++) {
            write(body, i == 0 ? "" : ",");
            body.writeBytes(events.get(i).pdu());
        }
        write(body, "]}");
        return new PendingTransaction(txnId, offsets, body.toByteArray());
    }

    private static void write(ByteArrayOutputStream out, String text) {
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    String txnId() {
        return txnId;
    }

    /** Where its events lie in the topic. */
    List<Long> offsets() {
        return offsets;
    }

    long lastOffset() {
        return offsets.get(offsets.size() - 1);
    }

    /** The bytes themselves, not a copy: read only. */
    byte[] body() {
        return body;
    }

    /** Its events, read back from its bytes. */
    List<LoggedPdu> events() {
        List<JsonValue> pdus = StrictJson.parseObject(body)
                .array("pdus")
                .map(JsonArray::values)
                .orElse(List.of());
        List<LoggedPdu> events = new ArrayList<>();
        for (int i = 0; i < offsets.size(); i++) {
            events.add(new LoggedPdu(offsets.get(i), CanonicalJson.write(pdus.get(i))));
        }
        return events;
    }
}
