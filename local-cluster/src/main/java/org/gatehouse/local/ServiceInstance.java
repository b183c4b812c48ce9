package org.gatehouse.local;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * One more process of a service that runs already: the same certificates and configuration, its own ports, working
 * directory, log and pid file. It joins the consumer groups of the other.
 */
public final class ServiceInstance implements AutoCloseable {
    private static final Duration STOP_GRACE = Duration.ofSeconds(20);

    private final Installation installation;
    private final ClusterDirectory directory;
    private final ClusterService service;
    private final String name;
    private final int https = Ports.free();
    private final int management = Ports.free();

    private ServiceInstance(
            Installation installation, ClusterDirectory directory, ClusterService service, String name) {
        this.installation = installation;
        this.directory = directory;
        this.service = service;
        this.name = name;
    }

    /**
     * Writes the configuration of an instance that does not run yet.
     *
     * @param name tells it from the others, such as {@code ingress-2}
     * @param changes keys that it is told otherwise than the first
     */
    static ServiceInstance of(
            Installation installation,
            ClusterDirectory directory,
            ClusterPlan plan,
            ClusterService service,
            String name,
            Map<String, String> changes) {
        ServiceInstance instance = new ServiceInstance(installation, directory, service, name);
        Map<String, String> own = new TreeMap<>();
        own.put("quarkus.http.ssl-port", Integer.toString(instance.https));
        own.put("quarkus.management.port", Integer.toString(instance.management));
        if (service == ClusterService.PROVIDER) {
            own.put("quarkus.http.port", Integer.toString(Ports.free()));
        }
        own.putAll(changes);
        new ServiceConfiguration(plan, directory).write(service, name, own);
        return instance;
    }

    /** Starts the process and returns before it is ready. */
    public ChildProcess begin() {
        Cluster.setAside(directory.logFile(name));
        return ServiceProcess.start(installation, directory, service, name);
    }

    /** Starts the process and returns when it is ready. */
    public void start() {
        ServiceProcess.awaitReady(begin(), managementUrl());
    }

    /** The internal listener; of ingress the federation door. */
    public int httpsPort() {
        return https;
    }

    /** Where its health is. */
    public String managementUrl() {
        return "http://127.0.0.1:" + management;
    }

    /** Whether it runs and says that it is ready. */
    public boolean isReady() {
        return ServiceProcess.isReady(managementUrl());
    }

    /** The process, if it runs. */
    public ChildProcess process() {
        return ChildProcess.attach(name, directory.pidFile(name), directory.logFile(name))
                .orElseThrow(() -> new ClusterProblem("%s does not run.".formatted(name)));
    }

    /** Asks it to end, and returns when it is gone. */
    public void stop() {
        ChildProcess.attach(name, directory.pidFile(name), directory.logFile(name))
                .ifPresent(process -> process.stop(STOP_GRACE));
    }

    /** Ends it as a crash would, and returns when it is gone. */
    public void kill() {
        process().kill();
    }

    @Override
    public void close() {
        Uninterrupted.run(this::stop);
    }
}
