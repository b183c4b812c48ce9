package org.gatehouse.local;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Starts one service in a process of its own and waits for its health. */
final class ServiceProcess {
    private static final String JVM_OPTIONS_VARIABLE = "GATEHOUSE_SERVICE_JVM_OPTS";
    private static final String DEFAULT_JVM_OPTIONS =
            "-Xms32m -Xmx160m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:+ExitOnOutOfMemoryError";
    private static final Duration READY_WITHIN = Duration.ofSeconds(180);
    private static final Duration HEALTH_TIMEOUT = Duration.ofSeconds(5);
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(HEALTH_TIMEOUT)
            .build();

    private ServiceProcess() {}

    /** Starts it in its working directory, where its configuration lies already. */
    static ChildProcess start(Installation installation, ClusterDirectory directory, ClusterService service) {
        return start(installation, directory, service, service.identity());
    }

    /** The same for one more instance, whose name is in its pid file, log and working directory. */
    static ChildProcess start(
            Installation installation, ClusterDirectory directory, ClusterService service, String instance) {
        return start(installation, directory, service, instance, List.of());
    }

    /** The same, with options of the JVM beside those that all services get. */
    static ChildProcess start(
            Installation installation,
            ClusterDirectory directory,
            ClusterService service,
            String instance,
            List<String> options) {
        List<String> command = new ArrayList<>();
        command.add(installation.java().toString());
        command.addAll(List.of(jvmOptions().strip().split("\\s+")));
        command.addAll(options);
        command.add("-jar");
        command.add(installation.serviceJar(service).toString());
        return ChildProcess.start(new ChildProcess.Start(
                instance,
                command,
                Map.of(),
                LauncherVariables.ALL,
                directory.workingDirectory(instance),
                directory.pidFile(instance),
                directory.logFile(instance)));
    }

    /** Returns when {@code /q/health/ready} says UP; see {@link Readiness#await} for what can go wrong. */
    static void awaitReady(ChildProcess process, String managementUrl) {
        Readiness.await(process, READY_WITHIN, () -> isReady(managementUrl));
    }

    /** Whether {@code /q/health/ready} says UP now. */
    static boolean isReady(String managementUrl) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(managementUrl + "/q/health/ready"))
                .timeout(HEALTH_TIMEOUT)
                .build();
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw ClusterProblem.interrupted(e);
        }
    }

    private static String jvmOptions() {
        String chosen = System.getenv(JVM_OPTIONS_VARIABLE);
        return chosen == null || chosen.isBlank() ? DEFAULT_JVM_OPTIONS : chosen;
    }
}
