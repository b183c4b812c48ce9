package org.gatehouse.integration.hostile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.StrictJson;

/** One file of the corpus; the README beside the files says what stands where. */
public record HostileCase(String name, JsonObject json) {

    private static final Path FOLDER = Path.of("src/test/resources/hostile");
    private static final Set<String> KEYS = Set.of(
            "row", "about", "method", "target", "headers", "authorization", "signed", "body", "transaction", "expect");

    /** All of them, by name. */
    public static List<HostileCase> all() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .map(HostileCase::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static HostileCase read(Path file) {
        try {
            String name = file.getFileName().toString().replace(".json", "");
            JsonObject json = StrictJson.parseObject(Files.readAllBytes(file));
            for (String key : json.names()) {
                if (!KEYS.contains(key)) {
                    throw new IllegalArgumentException(file + " has an unknown key " + key);
                }
            }
            return new HostileCase(name, json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String about() {
        return json.string("row").orElseThrow() + ": " + json.string("about").orElseThrow();
    }

    /** Whether it is there to be taken: a guard against refusing too much. */
    public boolean isToBeAccepted() {
        return expected().bool("accepted").orElse(false);
    }

    public JsonObject expected() {
        return json.object("expect").orElseThrow();
    }

    public Optional<JsonObject> transaction() {
        return json.object("transaction");
    }

    @Override
    public String toString() {
        return name;
    }
}
