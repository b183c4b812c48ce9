package org.gatehouse.integration.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.gatehouse.local.CertificateAuthority;
import org.gatehouse.local.Ports;
import org.gatehouse.matrix.identifier.ServerName;

/**
 * A Synapse on loopback with a database of SQLite, as a process of its own. Its federation port speaks TLS with a
 * certificate of our authority, and it trusts that authority alone. Closing ends the process.
 */
final class Synapse implements AutoCloseable {

    /** The Python of a virtual environment in which matrix-synapse is installed. */
    static final String PYTHON_PROPERTY = "synapse.python";

    static final String PYTHON_VARIABLE = "SYNAPSE_PYTHON";

    private static final Duration START_LIMIT = Duration.ofSeconds(90);
    private static final Duration STOP_GRACE = Duration.ofSeconds(15);

    private static final String CONFIGURATION = """
            server_name: "127.0.0.1:%1$d"
            pid_file: "%3$s/homeserver.pid"
            report_stats: false
            enable_registration: true
            enable_registration_without_verification: true
            bcrypt_rounds: 4
            listeners:
              - {port: %1$d, type: http, tls: true, bind_addresses: ["127.0.0.1"],
                 resources: [{names: [federation]}]}
              - {port: %2$d, type: http, tls: false, bind_addresses: ["127.0.0.1"],
                 resources: [{names: [client], compress: false}]}
            tls_certificate_path: "%4$s"
            tls_private_key_path: "%5$s"
            federation_custom_ca_list: ["%6$s"]
            ip_range_blacklist: []
            trusted_key_servers: []
            signing_key_path: "%3$s/signing.key"
            media_store_path: "%3$s/media"
            database: {name: sqlite3, args: {database: "%3$s/homeserver.db"}}
            presence: {enabled: false}
            enable_search: false
            macaroon_secret_key: "only for tests"
            form_secret: "only for tests"
            rc_federation: {window_size: 1000, sleep_limit: 99999, sleep_delay: 0, reject_limit: 99999, concurrent: 99}
            rc_message: &unlimited {per_second: 9999, burst_count: 9999}
            rc_registration: *unlimited
            rc_room_creation: *unlimited
            rc_joins: {local: *unlimited, remote: *unlimited}
            rc_joins_per_room: *unlimited
            rc_invites: {per_room: *unlimited, per_user: *unlimited, per_issuer: *unlimited}
            rc_login: {address: *unlimited, account: *unlimited, failed_attempts: *unlimited}
            federation_rr_transactions_per_room_per_second: 9999
            federation:
              client_timeout: 20s
              max_short_retry_delay: 1s
              destination_min_retry_interval: 1s
              destination_max_retry_interval: 5s
            """;

    private final Process process;
    private final Path log;
    private final int federationPort;
    private final int clientPort;

    private Synapse(Process process, Path log, int federationPort, int clientPort) {
        this.process = process;
        this.log = log;
        this.federationPort = federationPort;
        this.clientPort = clientPort;
    }

    /**
     * Starts it on free ports and returns when it answers.
     *
     * @param folder for its configuration, data and log
     */
    static Synapse start(Path folder, CertificateAuthority authority) {
        String python = python();
        int federationPort = Ports.free();
        int clientPort = Ports.free();
        CertificateAuthority.IssuedCertificate own = authority.issue(
                folder,
                "synapse",
                new CertificateAuthority.Subject("synapse", List.of(), List.of("127.0.0.1"), List.of()));
        Path log = folder.resolve("synapse.log");
        try {
            Path configuration = folder.resolve("homeserver.yaml");
            Files.writeString(
                    configuration,
                    CONFIGURATION.formatted(
                            federationPort,
                            clientPort,
                            folder,
                            own.certificate(),
                            own.key(),
                            authority.certificateFile()));
            Process keys = run(log, folder, python, configuration, "--generate-keys");
            if (!keys.waitFor(START_LIMIT.toSeconds(), TimeUnit.SECONDS) || keys.exitValue() != 0) {
                keys.destroyForcibly();
                throw new IllegalStateException("Synapse made no signing key; its log is " + log);
            }
            Synapse synapse = new Synapse(run(log, folder, python, configuration), log, federationPort, clientPort);
            synapse.awaitHealth();
            return synapse;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start Synapse; its log is " + log, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    ServerName name() {
        return new ServerName("127.0.0.1:" + federationPort);
    }

    /** Where its users speak the Client-Server API, without TLS. */
    URI clientDoor() {
        return URI.create("http://127.0.0.1:" + clientPort);
    }

    Path log() {
        return log;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_GRACE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private void awaitHealth() throws InterruptedException {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest health = HttpRequest.newBuilder(clientDoor().resolve("/health"))
                .timeout(Duration.ofSeconds(5))
                .build();
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (System.nanoTime() < deadline) {
            if (!process.isAlive()) {
                throw new IllegalStateException("Synapse ended as soon as it was started; its log is " + log);
            }
            try {
                if (client.send(health, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
                    return;
                }
            } catch (IOException e) {
                // It does not listen yet.
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
        close();
        throw new IllegalStateException(
                "Synapse was not ready within " + START_LIMIT.toSeconds() + " s; its log is " + log);
    }

    private static Process run(Path log, Path folder, String python, Path configuration, String... flags)
            throws IOException {
        List<String> command =
                new ArrayList<>(List.of(python, "-m", "synapse.app.homeserver", "-c", configuration.toString()));
        command.addAll(List.of(flags));
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    private static String python() {
        String named = System.getProperty(PYTHON_PROPERTY, System.getenv().getOrDefault(PYTHON_VARIABLE, ""));
        if (named.isBlank()) {
            throw new IllegalStateException("No Python with Synapse: set -D%s=FILE or %s, or run scripts/interop.sh"
                    .formatted(PYTHON_PROPERTY, PYTHON_VARIABLE));
        }
        return named;
    }
}
