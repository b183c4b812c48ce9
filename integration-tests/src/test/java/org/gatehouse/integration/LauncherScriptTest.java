package org.gatehouse.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.gatehouse.local.CertificateAuthority;
import org.gatehouse.local.CertificateAuthority.IssuedCertificate;
import org.gatehouse.local.CertificateAuthority.Subject;
import org.gatehouse.local.Installation;
import org.gatehouse.local.Ports;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.testkit.ClientUser;
import org.gatehouse.testkit.FederationPeer;
import org.gatehouse.testkit.PemTls;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script itself, with flags and variables that no other test gives it, on the brokers of this run. */
@Tag("slow")
class LauncherScriptTest {

    private static final String ADDRESS = "127.0.0.2";

    @TempDir
    Path folder;

    private final int federationPort = Ports.free();
    private final int clientPort = Ports.free();

    @Test
    void upTakesItsFlagsFromTheCommandLineAndTheEnvironment() throws Exception {
        // Given an authority of its own for the door and for a peer
        CertificateAuthority authority =
                CertificateAuthority.openOrCreate(folder, "elsewhere", new SecureRandom(), InstantSource.system());
        IssuedCertificate door = authority.issue(
                folder, "door", new Subject("door of the test", List.of(), List.of(ADDRESS), List.of()));
        IssuedCertificate ofPeer =
                authority.issue(folder, "peer", new Subject("peer", List.of(), List.of("127.0.0.1"), List.of()));
        SSLContext tls = PemTls.context(ofPeer.certificate(), ofPeer.key(), authority.certificateFile());
        List<String> up = List.of(
                "up",
                "--bind",
                ADDRESS,
                "--tls-cert",
                door.certificate().toString(),
                "--tls-key",
                door.key().toString(),
                "--ca",
                authority.certificateFile().toString(),
                "--allow-private-networks");
        Map<String, String> variables = variables();
        variables.put("GATEHOUSE_CLUSTER", "flags");
        variables.put("GATEHOUSE_SERVER_NAME", ADDRESS + ":" + federationPort);
        variables.put("GATEHOUSE_FEDERATION_PORT", Integer.toString(federationPort));
        variables.put("GATEHOUSE_CLIENT_PORT", Integer.toString(clientPort));

        // When
        Run run = Run.of(up, variables);
        try {
            // Then it answers where it was told to, and there alone, with the certificate that it was given
            assertThat(run.code()).as(run.output()).isZero();
            assertThat(run.output()).contains("https://" + ADDRESS + ":" + federationPort);
            assertThat(shownBy(tls, ADDRESS)).isEqualTo(certificate(door.certificate()));
            assertThat(isOpen("127.0.0.1", federationPort)).isFalse();
            assertThat(isOpen("127.0.0.1", clientPort)).isFalse();
            assertThatAPeerOfThatAuthorityIsBelieved(tls);

            Run again = Run.of(up, variables);
            assertThat(again.code()).isZero();
            assertThat(again.output()).contains("Cluster flags runs already.");

            assertThatClashesAreRefused(variables);
            Run status = Run.of(List.of("status"), variables);
            assertThat(status.output()).contains("cluster flags: " + ADDRESS + ":" + federationPort);
            Run logs = Run.of(List.of("logs", "ingress"), variables);
            assertThat(logs.code()).isZero();
            assertThat(logs.output()).contains("flags/ingress");
        } finally {
            Run down = Run.of(List.of("down"), variables);
            assertThat(down.code()).as(down.output()).isZero();
            // "pair" is there if a test that wants it ran before
            assertThat(down.output())
                    .contains("Cluster flags is down.")
                    .containsPattern("stay up for first, (pair, )?second");
        }
        assertThat(isOpen(ADDRESS, federationPort)).isFalse();
        assertThat(processesOf("flags")).isEmpty();
    }

    private void assertThatAPeerOfThatAuthorityIsBelieved(SSLContext tls) throws IOException {
        ClientUser alice = ClientUser.register(java.net.URI.create("http://" + ADDRESS + ":" + clientPort), "alice");
        assertThat(alice.id().serverName()).hasToString(ADDRESS + ":" + federationPort);
        RoomId room = Rooms.publicRoom(alice, "12");
        try (FederationPeer peer = FederationPeer.start(tls)) {
            peer.join(alice.id().serverName(), room, peer.identity().user("bob"));
            alice.say(room, "believed");
            await().atMost(Rooms.PATIENCE).until(() -> !peer.receivedPdus().isEmpty());
        }
    }

    private void assertThatClashesAreRefused(Map<String, String> variables) throws Exception {
        Map<String, String> other = new TreeMap<>(variables);
        other.put("GATEHOUSE_CLUSTER", "clashing");
        other.put("GATEHOUSE_FEDERATION_PORT", Integer.toString(Ports.free()));
        Run name = Run.of(List.of("up", "--client-port", Integer.toString(Ports.free())), other);
        assertThat(name.code()).isEqualTo(1);
        assertThat(name.output()).contains("Cluster flags answers for " + ADDRESS + ":" + federationPort + " already");

        Run port = Run.of(List.of("up", "--server-name", "other.example"), other);
        assertThat(port.code()).isEqualTo(1);
        assertThat(port.output()).contains("Cluster flags uses port " + clientPort + " already");
        assertThat(processesOf("clashing")).isEmpty();
    }

    @Test
    void ctrlCWhileServicesStartLeavesNothingBehind() throws Exception {
        Map<String, String> variables = variables();
        List<String> command = new ArrayList<>(List.of("setsid", "--wait", "./gatehouse", "up"));
        command.addAll(List.of("--cluster", "interrupted"));
        command.addAll(List.of("--federation-port", Integer.toString(federationPort)));
        command.addAll(List.of("--client-port", Integer.toString(clientPort)));
        Path output = folder.resolve("output");
        Process up =
                Run.builder(command, variables).redirectOutput(output.toFile()).start();
        await().atMost(Duration.ofSeconds(90))
                .until(() -> !processesOf("interrupted").isEmpty());

        // As a terminal does: SIGINT to the whole process group of the script.
        long group = up.descendants().findFirst().orElseThrow().pid();
        assertThat(new ProcessBuilder("bash", "-c", "kill -INT -- -" + group)
                        .inheritIO()
                        .start()
                        .waitFor())
                .isZero();

        assertThat(up.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(up.exitValue()).as(Files.readString(output)).isNotZero();
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(processesOf("interrupted")).isEmpty());
        assertThat(Files.readString(output)).doesNotContain("is up after");
        assertThat(Clusters.kafka().process().isAlive()).isTrue();
    }

    @Test
    void anotherJavaIsNamedWithTheRemedy() throws Exception {
        Path java = folder.resolve("java");
        Files.writeString(java, """
                #!/bin/sh
                echo "    java.specification.version = 21" >&2
                """);
        assertThat(java.toFile().setExecutable(true)).isTrue();
        Map<String, String> variables = variables();
        variables.remove("JAVA_HOME");
        variables.put("PATH", folder + ":" + System.getenv("PATH"));

        Run wrong = Run.of(List.of("status"), variables);
        variables.put("JAVA_HOME", "/nowhere");
        Run nowhere = Run.of(List.of("status"), variables);

        assertThat(wrong.code()).isEqualTo(1);
        assertThat(wrong.output())
                .contains(java + " is Java 21; Cassandra 5.0 runs on Java 17: point JAVA_HOME at a JDK 17.");
        assertThat(nowhere.code()).isEqualTo(1);
        assertThat(nowhere.output()).contains("JAVA_HOME is /nowhere, but there is no bin/java in it");
    }

    private static Map<String, String> variables() {
        return new TreeMap<>(Map.of(
                "GATEHOUSE_BUILD", "never",
                "GATEHOUSE_DATA", Clusters.data().root().toString(),
                "JAVA_HOME", System.getProperty("java.home")));
    }

    private X509Certificate shownBy(SSLContext tls, String address) throws IOException {
        try (SSLSocket socket = (SSLSocket) tls.getSocketFactory().createSocket(address, federationPort)) {
            socket.startHandshake();
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        }
    }

    private static X509Certificate certificate(Path file) throws IOException, CertificateException {
        try (var in = Files.newInputStream(file)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }

    private static boolean isOpen(String address, int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), 1_000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** The services of a cluster that run, by their pid files. */
    private static List<ProcessHandle> processesOf(String cluster) throws IOException {
        Path pids = Clusters.data().root().resolve("clusters").resolve(cluster).resolve("pids");
        if (!Files.isDirectory(pids)) {
            return List.of();
        }
        List<ProcessHandle> running = new ArrayList<>();
        try (Stream<Path> files = Files.list(pids)) {
            for (Path file : files.toList()) {
                String pid = Files.readString(file).strip();
                if (!pid.isEmpty()) {
                    ProcessHandle.of(Long.parseLong(pid))
                            .filter(ProcessHandle::isAlive)
                            .ifPresent(running::add);
                }
            }
        }
        return running;
    }

    /** One call of the script, to its end. */
    private record Run(int code, String output) {

        static Run of(List<String> arguments, Map<String, String> variables) throws Exception {
            List<String> command = new ArrayList<>(List.of("./gatehouse"));
            command.addAll(arguments);
            Process process = builder(command, variables).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Run(process.waitFor(), output);
        }

        static ProcessBuilder builder(List<String> command, Map<String, String> variables) {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(Installation.locate().home().toFile())
                    .redirectErrorStream(true);
            Map<String, String> environment = builder.environment();
            environment.keySet().removeIf(name -> name.startsWith("GATEHOUSE_"));
            environment.remove("JAVA_HOME");
            environment.putAll(variables);
            return builder;
        }
    }
}
