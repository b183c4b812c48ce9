package org.gatehouse.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** What the launcher remembers, as JSON that a person can read. */
final class JsonFile {
    private static final ObjectMapper MAPPER = new ObjectMapper()
            .registerModule(new Jdk8Module())
            .enable(SerializationFeature.INDENT_OUTPUT)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private JsonFile() {}

    static <T> Optional<T> read(Path file, Class<T> type) {
        try {
            return Optional.of(MAPPER.readValue(Files.readAllBytes(file), type));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (JsonProcessingException e) {
            throw new ClusterProblem(
                    "%s is damaged (%s); delete it if its processes are gone.".formatted(file, e.getOriginalMessage()));
        } catch (IOException e) {
            throw new ClusterProblem("Cannot read %s: %s".formatted(file, e.getMessage()), e);
        }
    }

    /** Replaces the file as a whole: a reader sees the old one or the new one. */
    static void write(Path file, Object value) {
        try {
            Files.createDirectories(file.getParent());
            Path fresh = file.resolveSibling(file.getFileName() + ".new");
            Files.write(fresh, MAPPER.writeValueAsBytes(value));
            Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new ClusterProblem("Cannot write %s: %s".formatted(file, e.getMessage()), e);
        }
    }
}
