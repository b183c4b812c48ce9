package org.gatehouse.local.command;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.gatehouse.local.Brokers;
import org.gatehouse.local.Cluster;
import org.gatehouse.local.ClusterDirectory;
import org.gatehouse.local.ClusterProblem;
import org.gatehouse.local.ClusterService;
import org.gatehouse.local.ClusterSettings;
import org.gatehouse.local.ClusterSettings.TlsFiles;
import org.gatehouse.local.DataFolder;
import org.gatehouse.local.Memory;

/** Starts a cluster, and the brokers if no other cluster did, and returns when it answers. */
final class UpCommand implements Command {
    @Override
    public Set<Flag> flags() {
        return EnumSet.complementOf(EnumSet.of(Flag.ALL, Flag.FOLLOW));
    }

    @Override
    public int run(CommandLine line, Setting setting) {
        long begin = System.nanoTime();
        ClusterSettings settings = settings(line);
        DataFolder data = setting.data(line);
        try (FileChannel lock = data.lock()) {
            Optional<Cluster> same = Cluster.attach(setting.installation(), data.cluster(settings.name()));
            if (same.isPresent() && data.cluster(settings.name()).isRunning()) {
                return tellThatItRuns(same.get(), setting);
            }
            Clashes.refuse(settings, data);
            start(settings, data, setting, begin);
            return 0;
        } catch (IOException e) {
            throw new ClusterProblem("Cannot give back the lock of " + data.root(), e);
        }
    }

    static ClusterSettings settings(CommandLine line) {
        int federationPort = line.port(Flag.FEDERATION_PORT, ClusterSettings.DEFAULT_FEDERATION_PORT);
        int clientPort = line.port(Flag.CLIENT_PORT, ClusterSettings.DEFAULT_CLIENT_PORT);
        ClusterSettings defaults = ClusterSettings.of(Setting.cluster(line), federationPort, clientPort);
        List<String> serverNames = line.all(Flag.SERVER_NAME);
        return new ClusterSettings(
                defaults.name(),
                serverNames.isEmpty() ? defaults.serverNames() : serverNames,
                line.one(Flag.BIND).orElse(defaults.bind()),
                federationPort,
                clientPort,
                tls(line),
                line.file(Flag.CA),
                line.files(Flag.APP_SERVICE),
                line.has(Flag.ALLOW_PRIVATE_NETWORKS),
                Map.of());
    }

    private static Optional<TlsFiles> tls(CommandLine line) {
        Optional<Path> certificate = line.file(Flag.TLS_CERT);
        Optional<Path> key = line.file(Flag.TLS_KEY);
        if (certificate.isPresent() != key.isPresent()) {
            throw new ClusterProblem("--tls-cert and --tls-key belong together: give both or neither.");
        }
        return certificate.flatMap(file -> key.map(secret -> new TlsFiles(file, secret)));
    }

    private static int tellThatItRuns(Cluster cluster, Setting setting) {
        List<ClusterService> missing = EnumSet.allOf(ClusterService.class).stream()
                .filter(service -> !cluster.processes().containsKey(service))
                .toList();
        if (!missing.isEmpty()) {
            throw new ClusterProblem(
                    "Cluster %s runs already, but without %s. Take it down (gatehouse down --cluster %s) and up again."
                            .formatted(cluster.name(), missing, cluster.name()));
        }
        setting.say("Cluster %s runs already.", cluster.name());
        describe(cluster, setting);
        return 0;
    }

    private static void start(ClusterSettings settings, DataFolder data, Setting setting, long begin) {
        Optional<Brokers> running = Brokers.attach(data.brokers());
        Brokers brokers = running.orElseGet(() -> {
            setting.say("Starting Kafka and Cassandra ...");
            Brokers started = Brokers.start(setting.installation(), data.brokers());
            setting.say("  both ready after %s", seconds(begin));
            return started;
        });
        try {
            setting.say("Starting cluster %s ...", settings.name());
            Cluster cluster = Cluster.start(
                    setting.installation(),
                    data,
                    brokers,
                    settings,
                    service -> setting.say("  %-17s ready after %s", service, seconds(begin)));
            setting.say("Cluster %s is up after %s.", settings.name(), seconds(begin));
            describe(cluster, setting);
        } catch (ClusterProblem e) {
            if (running.isEmpty()) {
                setting.say("Stopping what was started ...");
                brokers.close();
            }
            throw e;
        }
    }

    private static void describe(Cluster cluster, Setting setting) {
        ClusterSettings settings = cluster.plan().settings();
        ClusterDirectory directory = cluster.directory();
        setting.say("  server names  %s", String.join(", ", settings.serverNames()));
        setting.say("  federation    %s", cluster.plan().federationUrl());
        setting.say("  clients       %s", cluster.plan().clientUrl());
        setting.say("  logs          %s", directory.root().resolve("logs"));
        setting.say("  memory        %s", Memory.text(cluster.processes().values()));
        setting.say("  status        gatehouse status");
        setting.say("  stop          gatehouse down --cluster %s", settings.name());
    }

    private static String seconds(long begin) {
        return "%.1f s".formatted(Duration.ofNanos(System.nanoTime() - begin).toMillis() / 1000.0);
    }
}
