package org.gatehouse.matrix;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.JsonValue;
import org.gatehouse.matrix.canonicaljson.StrictJson;

/** The files under {@code vectors/}. */
public final class Vectors {

    public static final JsonObject ALL = StrictJson.parseObject(bytes("vectors/vectors.json"));

    private Vectors() {}

    public static byte[] bytes(String resource) {
        try (InputStream in = Vectors.class.getClassLoader().getResourceAsStream(resource)) {
            return Objects.requireNonNull(in, resource).readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    public static List<JsonObject> list(JsonObject holder, String name) {
        return holder.array(name).orElseThrow().values().stream()
                .map(JsonValue::asObject)
                .map(each -> each.orElseThrow())
                .collect(Collectors.toList());
    }

    public static List<JsonObject> list(String name) {
        return list(ALL, name);
    }

    public static JsonObject object(String name) {
        return ALL.object(name).orElseThrow();
    }

    public static String text(JsonObject holder, String name) {
        return holder.string(name).orElseThrow();
    }
}
