package org.gatehouse.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.gatehouse.local.CertificateAuthority.IssuedCertificate;

/**
 * One whole cluster: seven services on a Kafka and a Cassandra. Each service can be stopped, killed, frozen and started
 * again by itself, with the same ports, certificates and data. Closing stops them all.
 */
public final class Cluster implements AutoCloseable {
    private static final Duration STOP_GRACE = Duration.ofSeconds(20);

    private final Installation installation;
    private final ClusterDirectory directory;
    private final ClusterPlan plan;

    private Cluster(Installation installation, ClusterDirectory directory, ClusterPlan plan) {
        this.installation = installation;
        this.directory = directory;
        this.plan = plan;
    }

    /**
     * Creates topics, keyspaces and certificates, starts all services side by side, and returns when each is ready. If
     * one fails, those that were started are stopped again.
     *
     * @throws ClusterProblem if a service does not come up, with the end of its log
     */
    public static Cluster start(Installation installation, DataFolder data, Brokers brokers, ClusterSettings settings) {
        return start(installation, data, brokers, settings, service -> {});
    }

    /** The same; {@code onReady} hears of each service when it is ready, on another thread. */
    public static Cluster start(
            Installation installation,
            DataFolder data,
            Brokers brokers,
            ClusterSettings settings,
            Consumer<ClusterService> onReady) {
        ClusterDirectory directory = data.cluster(settings.name());
        ClusterPlan plan = ClusterPlan.of(settings, brokers);
        Cluster cluster = new Cluster(installation, directory, plan);
        new ClusterCertificates(directory.certificates()).issue(settings, data.federationAuthority());
        Parallel.run(List.of(
                () -> ClusterTopics.create(brokers.kafka(), plan.topicPrefix()),
                () -> ClusterSchema.migrate(brokers.cassandra(), plan.keyspacePrefix())));
        JsonFile.write(directory.planFile(), plan);
        ServiceConfiguration configuration = new ServiceConfiguration(plan, directory);
        try {
            Parallel.run(Arrays.stream(ClusterService.values())
                    .<Runnable>map(service -> () -> {
                        configuration.write(service);
                        setAside(directory.logFile(service));
                        cluster.start(service);
                        onReady.accept(service);
                    })
                    .toList());
        } catch (ClusterProblem e) {
            cluster.close();
            throw e;
        }
        return cluster;
    }

    /** The cluster that was started in {@code directory}, whether its services run or not; empty if there never was. */
    public static Optional<Cluster> attach(Installation installation, ClusterDirectory directory) {
        return directory.plan().map(plan -> new Cluster(installation, directory, plan));
    }

    public String name() {
        return plan.settings().name();
    }

    /** Settings, ports and URLs. */
    public ClusterPlan plan() {
        return plan;
    }

    public ClusterDirectory directory() {
        return directory;
    }

    /** The certificate that a service shows to the others. */
    public IssuedCertificate internalCertificate(ClusterService service) {
        return new ClusterCertificates(directory.certificates()).of(service);
    }

    /** The authority that signs the identities of the services. */
    public Path internalAuthority() {
        return new ClusterCertificates(directory.certificates()).internalAuthority();
    }

    /** The processes that run now. */
    public Map<ClusterService, ChildProcess> processes() {
        Map<ClusterService, ChildProcess> running = new EnumMap<>(ClusterService.class);
        for (ClusterService service : ClusterService.values()) {
            directory.process(service).ifPresent(process -> running.put(service, process));
        }
        return running;
    }

    /** The process of a service; its signals freeze it or let it go on. */
    public ChildProcess process(ClusterService service) {
        return directory
                .process(service)
                .orElseThrow(() -> new ClusterProblem("%s of cluster %s does not run.".formatted(service, name())));
    }

    /** Whether a service runs and says that it is ready. */
    public boolean isReady(ClusterService service) {
        return directory.process(service).isPresent() && ServiceProcess.isReady(plan.managementUrl(service));
    }

    /** Starts a service that does not run, as it was configured before, and returns when it is ready. */
    public void start(ClusterService service) {
        start(service, List.of());
    }

    /** The same, with options of the JVM beside those that all services get, such as {@code -Dcrash.at=NAME:k}. */
    public void start(ClusterService service, List<String> options) {
        if (directory.process(service).isPresent()) {
            throw new ClusterProblem("%s of cluster %s runs already.".formatted(service, name()));
        }
        ChildProcess process = ServiceProcess.start(installation, directory, service, service.identity(), options);
        ServiceProcess.awaitReady(process, plan.managementUrl(service));
    }

    /**
     * One more instance of a service, which the caller starts and closes.
     *
     * @param name tells it from the others, such as {@code ingress-2}
     * @param changes keys that it is told otherwise than the first
     */
    public ServiceInstance instance(ClusterService service, String name, Map<String, String> changes) {
        return ServiceInstance.of(installation, directory, plan, service, name, changes);
    }

    /** Asks a service to end (SIGTERM), kills it if it does not, and returns when it is gone. */
    public void stop(ClusterService service) {
        directory.process(service).ifPresent(process -> process.stop(STOP_GRACE));
    }

    /** Ends a service as a crash would (SIGKILL), and returns when it is gone. */
    public void kill(ClusterService service) {
        process(service).kill();
    }

    /** Stops all services side by side. */
    @Override
    public void close() {
        Uninterrupted.run(() -> Parallel.runAll(Arrays.stream(ClusterService.values())
                .<Runnable>map(service -> () -> stop(service))
                .toList()));
    }

    /** Keeps the log of the start before under another name. */
    static void setAside(Path log) {
        if (!Files.exists(log)) {
            return;
        }
        String name = log.getFileName().toString();
        Path previous = log.resolveSibling(name.replace(".log", ".previous.log"));
        try {
            Files.move(log, previous, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new ClusterProblem("Cannot move %s: %s".formatted(log, e.getMessage()), e);
        }
    }
}
