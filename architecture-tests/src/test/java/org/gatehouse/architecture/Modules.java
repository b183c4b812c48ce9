package org.gatehouse.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The main classes of every module, by the package that is its own. */
final class Modules {

    /** The services: root package and folder. */
    static final Map<String, String> SERVICES = new TreeMap<>(Map.of(
            "ingress", "ingress-service",
            "eventgraph", "event-graph-service",
            "stateresolution", "state-resolution-service",
            "keys", "key-service",
            "egress", "egress-service",
            "media", "media-relay",
            "provider", "provider-service"));

    private static final List<String> LIBRARIES = List.of(
            "lib/matrix-protocol",
            "lib/cluster-messages",
            "lib/cassandra-support",
            "lib/cluster-preparation",
            "lib/service-runtime",
            "lib/request-authentication",
            "lib/matrix-testkit",
            "lab",
            "local-cluster");

    static final JavaClasses ALL = read();

    private Modules() {}

    static Path root() {
        return Path.of("..").toAbsolutePath().normalize();
    }

    private static JavaClasses read() {
        List<Path> folders = java.util.stream.Stream.concat(LIBRARIES.stream(), SERVICES.values().stream())
                .map(module -> root().resolve(module).resolve("target/classes"))
                .toList();
        for (Path folder : folders) {
            if (!Files.isDirectory(folder)) {
                throw new IllegalStateException(folder + " is missing: build all modules first (mvn verify)");
            }
        }
        return new ClassFileImporter().importPaths(folders);
    }
}
