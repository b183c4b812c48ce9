package org.gatehouse.local.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.gatehouse.local.Brokers;
import org.gatehouse.local.Cluster;
import org.gatehouse.local.ClusterProblem;
import org.gatehouse.local.ClusterSettings;
import org.gatehouse.local.DataFolder;
import org.gatehouse.local.Installation;

/** Two clusters from nothing, a conversation between them, and nothing again. */
public final class Demo {
    private final Installation installation;
    private final PrintStream out;

    public Demo(Installation installation, PrintStream out) {
        this.installation = installation;
        this.out = out;
    }

    /**
     * Runs it. The temporary folder is deleted afterwards, or kept and named if something went wrong.
     *
     * @throws ClusterProblem if something does not come up or the conversation does not hold
     */
    public void run() {
        Conversation conversation = new TwoServersConverse();
        Stopwatch watch = new Stopwatch();
        DataFolder data = temporaryFolder();
        try {
            say("Starting Kafka and Cassandra ...");
            try (Brokers brokers = Brokers.start(installation, data.brokers())) {
                say("  both ready after %s", watch);
                converse(conversation, brokers, data, watch);
            }
        } catch (ClusterProblem e) {
            say("The logs stay in %s", data.root());
            throw e;
        }
        delete(data.root());
        say("Everything is stopped, the temporary data is deleted. %s in all.", watch);
    }

    private void converse(Conversation conversation, Brokers brokers, DataFolder data, Stopwatch watch) {
        say("Starting two clusters ...");
        try (Cluster first = start("first", brokers, data, watch);
                Cluster second = start("second", brokers, data, watch)) {
            conversation.play(first, second, data.federationAuthority(), data.root(), out);
            say("Stopping ...");
        }
    }

    private Cluster start(String name, Brokers brokers, DataFolder data, Stopwatch watch) {
        Cluster cluster = Cluster.start(installation, data, brokers, ClusterSettings.onFreePorts(name));
        say(
                "  %s (%s) ready after %s",
                name, String.join(", ", cluster.plan().settings().serverNames()), watch);
        return cluster;
    }

    private void say(String sentence, Object... values) {
        out.println(sentence.formatted(values));
        out.flush();
    }

    private static DataFolder temporaryFolder() {
        try {
            return new DataFolder(Files.createTempDirectory("gatehouse-demo-"));
        } catch (IOException e) {
            throw new ClusterProblem("Cannot make a temporary folder: " + e.getMessage(), e);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new ClusterProblem("Cannot delete %s: %s".formatted(folder, e.getMessage()), e);
        }
    }

    /** Seconds since the demo began. */
    private static final class Stopwatch {
        private final long begin = System.nanoTime();

        @Override
        public String toString() {
            return "%.1f s".formatted((System.nanoTime() - begin) / 1e9);
        }
    }
}
