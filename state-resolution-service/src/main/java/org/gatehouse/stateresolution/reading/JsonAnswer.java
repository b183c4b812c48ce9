package org.gatehouse.stateresolution.reading;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.function.Consumer;
import org.gatehouse.matrix.canonicaljson.CanonicalJson;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.JsonString;
import org.gatehouse.matrix.canonicaljson.JsonValue;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.stateresolution.room.Room;

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

    /** An array of the events' PDUs themselves. */
    JsonAnswer putPdus(String name, Room room, Collection<EventId> eventIds) {
        return putEach(name, room, eventIds, event -> out.writeBytes(event.canonicalBytes()));
    }

    /** An array of objects with the ID beside the PDU. */
    JsonAnswer putNamedPdus(String name, Room room, Collection<EventId> eventIds) {
        return putEach(name, room, eventIds, event -> {
            write("{\"event_id\":");
            out.writeBytes(CanonicalJson.write(new JsonString(event.eventId().value())));
            write(",\"pdu\":");
            out.writeBytes(event.canonicalBytes());
            write("}");
        });
    }

    private JsonAnswer putEach(String name, Room room, Collection<EventId> eventIds, Consumer<Pdu> writer) {
        begin(name);
        write("[");
        int empty = out.size();
        room.authEvents().forEach(eventIds, event -> {
            write(out.size() == empty ? "" : ",");
            writer.accept(event);
        });
        write("]");
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
