package org.gatehouse.stateresolution.reading;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import org.gatehouse.matrix.canonicaljson.CanonicalJson;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.JsonString;
import org.gatehouse.matrix.canonicaljson.JsonValue;
import org.gatehouse.matrix.event.Pdu;

/** A JSON object written member by member, PDUs as the bytes that they are kept in. */
final class JsonAnswer {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    JsonAnswer put(String name, JsonValue value) {
        begin(name);
        out.writeBytes(CanonicalJson.write(value));
        return this;
    }

    JsonAnswer put(String name, String value) {
        return put(name, new JsonString(value));
    }

    JsonAnswer putStrings(String name, Collection<?> values) {
        return put(
                name, JsonArray.ofStrings(values.stream().map(String::valueOf).toList()));
    }

    /** An array of the PDUs themselves. */
    JsonAnswer putPdus(String name, Collection<Pdu> pdus) {
        begin(name);
        String separator = "[";
        for (Pdu pdu : pdus) {
            write(separator);
            out.writeBytes(pdu.canonicalBytes());
            separator = ",";
        }
        write(pdus.isEmpty() ? "[]" : "]");
        return this;
    }

    /** An array of objects with the ID beside the PDU. */
    JsonAnswer putNamedPdus(String name, Collection<Pdu> pdus) {
        begin(name);
        String separator = "[";
        for (Pdu pdu : pdus) {
            write(separator + "{\"event_id\":");
            out.writeBytes(CanonicalJson.write(new JsonString(pdu.eventId().value())));
            write(",\"pdu\":");
            out.writeBytes(pdu.canonicalBytes());
            write("}");
            separator = ",";
        }
        write(pdus.isEmpty() ? "[]" : "]");
        return this;
    }

    byte[] bytes() {
        if (out.size() == 0) {
            return CanonicalJson.write(JsonObject.EMPTY);
        }
        write("}");
        return out.toByteArray();
    }

    private void begin(String name) {
        write(out.size() == 0 ? "{" : ",");
        out.writeBytes(CanonicalJson.write(new JsonString(name)));
        write(":");
    }

    private void write(String text) {
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
