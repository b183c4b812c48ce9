package org.gatehouse.cassandra;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Reads the schema files of this module: {@code schema/<keyspace>/NNNN-name.cql}. */
final class SchemaFiles {

    /** A file that is always there: the folders are found beside it, in a jar as on disk. */
    private static final String ANCHOR = "schema/README.md";

    private SchemaFiles() {}

    /** The migrations of each keyspace, in their order. */
    static SortedMap<String, List<Migration>> all() {
        URL anchor = SchemaFiles.class.getClassLoader().getResource(ANCHOR);
        if (anchor == null) {
            throw new IllegalStateException("no " + ANCHOR + " on the class path");
        }
        try {
            String location = anchor.toString();
            int inJar = location.indexOf("!/");
            if (!location.startsWith("jar:") || inJar < 0) {
                return read(parentOf(Path.of(anchor.toURI())));
            }
            Path jar = Path.of(new URI(location.substring("jar:".length(), inJar)));
            try (FileSystem files = FileSystems.newFileSystem(jar)) {
                return read(parentOf(files.getPath("/" + ANCHOR)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The migrations of one keyspace; empty if it has none. */
    static List<Migration> of(String keyspace) {
        return all().getOrDefault(keyspace, List.of());
    }

    static SortedMap<String, List<Migration>> read(Path folder) throws IOException {
        SortedMap<String, List<Migration>> all = new TreeMap<>();
        for (Path keyspace : children(folder)) {
            if (Files.isDirectory(keyspace)) {
                all.put(nameOf(keyspace), migrations(keyspace));
            }
        }
        return all;
    }

    private static List<Migration> migrations(Path keyspace) throws IOException {
        List<Migration> migrations = new ArrayList<>();
        for (Path file : children(keyspace)) {
            migrations.add(Migration.of(nameOf(file), Files.readString(file, StandardCharsets.UTF_8)));
        }
        migrations.sort(Comparator.comparingInt(Migration::number));
        for (int i = 0; i < migrations.size(); i++) {
            if (migrations.get(i).number() != i + 1) {
                throw new IllegalStateException(
                        "the schema files of " + nameOf(keyspace) + " are not numbered 1, 2, 3, …");
            }
        }
        return List.copyOf(migrations);
    }

    private static List<Path> children(Path folder) throws IOException {
        try (Stream<Path> children = Files.list(folder)) {
            return children.sorted(Comparator.comparing(SchemaFiles::nameOf)).toList();
        }
    }

    private static Path parentOf(Path file) {
        Path parent = file.getParent();
        if (parent == null) {
            throw new IllegalStateException("no folder around " + file);
        }
        return parent;
    }

    private static String nameOf(Path path) {
        String name = String.valueOf(path.getFileName());
        return name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
    }
}
