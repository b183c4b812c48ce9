package org.gatehouse.cluster;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.gatehouse.matrix.canonicaljson.CanonicalJson;
import org.gatehouse.matrix.canonicaljson.JsonValue;
import org.gatehouse.matrix.canonicaljson.StrictJson;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.identifier.UserId;

/**
 * Writes and reads the records of one topic.
 *
 * @param <T> the sealed family of the topic's records
 */
public final class RecordCodec<T extends ClusterRecord> {

    /** The version that this release writes. It reads the one before and the one after as well. */
    public static final int VERSION = 1;

    private static final String PDUS = "gatehouse.pdus";
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .addModule(identifiers())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final Class<T> family;

    private RecordCodec(Class<T> family) {
        this.family = family;
    }

    /** The codec of a sealed family. */
    public static <T extends ClusterRecord> RecordCodec<T> of(Class<T> family) {
        return new RecordCodec<>(family);
    }

    /** Encodes one record. */
    public EncodedRecord encode(T message) {
        List<PduBytes> pdus = new ArrayList<>();
        byte[] head;
        try {
            head = MAPPER.writerFor(family).withAttribute(PDUS, pdus).writeValueAsBytes(message);
        } catch (IOException e) {
            throw new UnreadableRecord("a " + family.getSimpleName() + " cannot be written", e);
        }
        int size = 1 + 4 + head.length + 4;
        for (PduBytes pdu : pdus) {
            size += 4 + pdu.length();
        }
        ByteBuffer out = ByteBuffer.allocate(size);
        out.put((byte) VERSION).putInt(head.length).put(head).putInt(pdus.size());
        for (PduBytes pdu : pdus) {
            out.putInt(pdu.length()).put(pdu.canonical());
        }
        return new EncodedRecord(out.array(), message.headers());
    }

    /**
     * Decodes one record.
     *
     * @throws UnreadableRecord if the version is more than one away from {@link #VERSION}, or the bytes are no record
     */
    public T decode(byte[] value) {
        try {
            ByteBuffer in = ByteBuffer.wrap(value);
            int version = in.get();
            if (Math.abs(version - VERSION) > 1) {
                throw new UnreadableRecord(
                        "record version " + version + ", this release reads " + (VERSION - 1) + " to " + (VERSION + 1));
            }
            byte[] head = frame(in);
            int count = in.getInt();
            if (count < 0 || count > in.remaining() / 4) {
                throw new UnreadableRecord("a record names " + count + " PDUs in " + in.remaining() + " bytes");
            }
            List<PduBytes> pdus = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                pdus.add(new PduBytes(frame(in)));
            }
            return MAPPER.readerFor(family).withAttribute(PDUS, pdus).readValue(head);
        } catch (IOException | BufferUnderflowException e) {
            throw new UnreadableRecord("no " + family.getSimpleName() + " in " + value.length + " bytes", e);
        }
    }

    private static byte[] frame(ByteBuffer in) {
        int length = in.getInt();
        if (length < 0 || length > in.remaining()) {
            throw new UnreadableRecord("a frame of " + length + " bytes in " + in.remaining());
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    private static SimpleModule identifiers() {
        SimpleModule module = new SimpleModule("identifiers");
        text(module, ServerName.class, ServerName::new);
        text(module, UserId.class, UserId::new);
        text(module, RoomId.class, RoomId::new);
        text(module, EventId.class, EventId::new);
        text(module, ReplyTo.class, ReplyTo::parse);
        module.addSerializer(PduBytes.class, new PduWriter());
        module.addDeserializer(PduBytes.class, new PduReader());
        module.addSerializer(JsonValue.class, new JsonWriter());
        module.addDeserializer(JsonValue.class, new JsonReader<>(JsonValue.class));
        module.addDeserializer(
                org.gatehouse.matrix.canonicaljson.JsonObject.class,
                new JsonReader<>(org.gatehouse.matrix.canonicaljson.JsonObject.class));
        return module;
    }

    private static <V> void text(SimpleModule module, Class<V> type, Function<String, V> read) {
        module.addSerializer(type, new StdSerializer<V>(type) {
            @Override
            public void serialize(V value, JsonGenerator out, SerializerProvider provider) throws IOException {
                out.writeString(value.toString());
            }
        });
        module.addDeserializer(type, new StdDeserializer<V>(type) {
            @Override
            public V deserialize(JsonParser in, DeserializationContext context) throws IOException {
                return read.apply(in.getText());
            }
        });
        module.addKeySerializer(type, new StdSerializer<V>(type) {
            @Override
            public void serialize(V value, JsonGenerator out, SerializerProvider provider) throws IOException {
                out.writeFieldName(value.toString());
            }
        });
        module.addKeyDeserializer(type, new com.fasterxml.jackson.databind.KeyDeserializer() {
            @Override
            public Object deserializeKey(String key, DeserializationContext context) {
                return read.apply(key);
            }
        });
    }

    private static final class PduWriter extends StdSerializer<PduBytes> {
        PduWriter() {
            super(PduBytes.class);
        }

        @Override
        @SuppressWarnings("unchecked")
        public void serialize(PduBytes value, JsonGenerator out, SerializerProvider provider) throws IOException {
            List<PduBytes> pdus = (List<PduBytes>) provider.getAttribute(PDUS);
            out.writeNumber(pdus.size());
            pdus.add(value);
        }
    }

    private static final class PduReader extends StdDeserializer<PduBytes> {
        PduReader() {
            super(PduBytes.class);
        }

        @Override
        @SuppressWarnings("unchecked")
        public PduBytes deserialize(JsonParser in, DeserializationContext context) throws IOException {
            List<PduBytes> pdus = (List<PduBytes>) context.getAttribute(PDUS);
            int index = in.getIntValue();
            if (index < 0 || index >= pdus.size()) {
                throw new UnreadableRecord("a record names PDU " + index + " of " + pdus.size());
            }
            return pdus.get(index);
        }
    }

    /** Matrix JSON goes through as text, so that numbers keep their literal form. */
    private static final class JsonWriter extends StdSerializer<JsonValue> {
        JsonWriter() {
            super(JsonValue.class);
        }

        @Override
        public void serialize(JsonValue value, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeString(new String(CanonicalJson.write(value), java.nio.charset.StandardCharsets.UTF_8));
        }
    }

    private static final class JsonReader<V extends JsonValue> extends StdDeserializer<V> {
        private final Class<V> kind;

        JsonReader(Class<V> kind) {
            super(kind);
            this.kind = kind;
        }

        @Override
        public V deserialize(JsonParser in, DeserializationContext context) throws IOException {
            return kind.cast(StrictJson.parse(in.getText().getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        }
    }
}
