package org.gatehouse.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Configuration files of the brokers: resources of this package with <code>${names}</code> to be filled in. */
final class Templates {
    private Templates() {}

    static String fill(String resource, Map<String, Object> values) {
        String text = read(resource);
        for (Map.Entry<String, Object> value : values.entrySet()) {
            text = text.replace("${" + value.getKey() + "}", value.getValue().toString());
        }
        if (text.contains("${")) {
            throw new IllegalArgumentException(resource + " has names that nobody filled in");
        }
        return text;
    }

    static void write(String resource, Map<String, Object> values, Path target) {
        try {
            Files.createDirectories(target.getParent());
            Files.writeString(target, fill(resource, values));
        } catch (IOException e) {
            throw new ClusterProblem("Cannot write %s: %s".formatted(target, e.getMessage()), e);
        }
    }

    private static String read(String resource) {
        try (InputStream in = Templates.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalArgumentException("no resource " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
