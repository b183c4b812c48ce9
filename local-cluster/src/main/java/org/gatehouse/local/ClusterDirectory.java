package org.gatehouse.local;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * The files of one cluster.
 *
 * <pre>
 * config.json          settings and ports, see {@link ClusterPlan}
 * certs/               internal-ca/, and a certificate and key for each service and for the federation door
 * pids/SERVICE.pid     while it runs
 * logs/SERVICE.log     and SERVICE.previous.log of the start before
 * services/SERVICE/    working directory; config/application.properties is what the launcher configured
 * </pre>
 *
 * @param root the folder
 */
public record ClusterDirectory(Path root) {
    /** The cluster's name. */
    public String name() {
        return String.valueOf(root.getFileName());
    }

    public Path certificates() {
        return root.resolve("certs");
    }

    public Path logFile(ClusterService service) {
        return logFile(service.identity());
    }

    public Path pidFile(ClusterService service) {
        return pidFile(service.identity());
    }

    public Path workingDirectory(ClusterService service) {
        return workingDirectory(service.identity());
    }

    /** @param instance a service's short name, or the name of one more instance of it */
    Path logFile(String instance) {
        return root.resolve("logs").resolve(instance + ".log");
    }

    Path pidFile(String instance) {
        return root.resolve("pids").resolve(instance + ".pid");
    }

    Path workingDirectory(String instance) {
        return root.resolve("services").resolve(instance);
    }

    Path planFile() {
        return root.resolve("config.json");
    }

    /** How it was started last. */
    public Optional<ClusterPlan> plan() {
        return JsonFile.read(planFile(), ClusterPlan.class);
    }

    /** The process of a service, if it runs. */
    public Optional<ChildProcess> process(ClusterService service) {
        return ChildProcess.attach(service.identity(), pidFile(service), logFile(service));
    }

    /** True if at least one of its services runs. */
    public boolean isRunning() {
        return Arrays.stream(ClusterService.values())
                .anyMatch(service -> process(service).isPresent());
    }
}
