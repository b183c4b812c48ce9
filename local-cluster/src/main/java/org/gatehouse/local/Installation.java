package org.gatehouse.local;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the built jars are: the root of a checkout in which {@code mvn package} ran.
 *
 * @param home the folder of the root pom
 */
public record Installation(Path home) {
    private static final String HOME_PROPERTY = "gatehouse.home";

    public Installation {
        home = home.toAbsolutePath().normalize();
    }

    /** The folder named by the system property {@code gatehouse.home}, else the checkout around the current folder. */
    public static Installation locate() {
        String named = System.getProperty(HOME_PROPERTY);
        if (named != null) {
            return new Installation(Path.of(named));
        }
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.isRegularFile(at.resolve("local-cluster/kafka-server/pom.xml"))) {
                return new Installation(at);
            }
        }
        throw new ClusterProblem("No Gatehouse checkout around %s; name it with -D%s=FOLDER."
                .formatted(Path.of("").toAbsolutePath(), HOME_PROPERTY));
    }

    /** The Java that runs the launcher runs all that it starts. */
    Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    String kafkaClassPath() {
        return existing(home.resolve("local-cluster/kafka-server/target/lib"))
                .resolve("*")
                .toString();
    }

    String cassandraClassPath() {
        return cassandraLibraries().resolve("*").toString();
    }

    /** The agent that Cassandra weighs its memtables with. */
    Path cassandraAgent() {
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(cassandraLibraries(), "jamm-*.jar")) {
            return jars.iterator().next();
        } catch (IOException e) {
            throw new ClusterProblem("Cannot read " + cassandraLibraries(), e);
        }
    }

    Path serviceJar(ClusterService service) {
        return existing(home.resolve(service.module()).resolve("target/quarkus-app/quarkus-run.jar"));
    }

    private Path cassandraLibraries() {
        return existing(home.resolve("local-cluster/cassandra-server/target/lib"));
    }

    private static Path existing(Path built) {
        if (!Files.exists(built)) {
            throw new ClusterProblem(
                    "%s is missing; build it first with: mvn -Dquick -DskipTests package".formatted(built));
        }
        return built;
    }
}
