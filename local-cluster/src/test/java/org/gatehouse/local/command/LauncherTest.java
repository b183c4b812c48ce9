package org.gatehouse.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.gatehouse.local.Ports;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherTest {
    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void refusesACommandThatItDoesNotKnow() {
        assertThat(run("start")).isEqualTo(2);
        assertThat(err()).contains("there is no command \"start\"");
    }

    @Test
    void refusesAFlagOfAnotherCommand() {
        assertThat(run("down", "--client-port", "9000")).isEqualTo(1);
        assertThat(err()).contains("\"gatehouse down\" has no flag --client-port");
    }

    @Test
    void namesThePortThatIsInUse() throws Exception {
        try (ServerSocket other = new ServerSocket()) {
            // Given
            other.bind(new InetSocketAddress("127.0.0.1", 0));
            String taken = Integer.toString(other.getLocalPort());

            // When
            int code = run("up", "--federation-port", taken, "--client-port", Integer.toString(Ports.free()));

            // Then
            assertThat(code).isEqualTo(1);
            assertThat(err())
                    .contains("Port " + taken + " of 127.0.0.1 is in use")
                    .contains("--federation-port");
        }
    }

    @Test
    void refusesOnePortForBothDoors() {
        assertThat(run("up", "--federation-port", "18448", "--client-port", "18448"))
                .isEqualTo(1);
        assertThat(err()).contains("both 18448");
    }

    @Test
    void refusesAPortThatIsNone() {
        assertThat(run("up", "--federation-port=https")).isEqualTo(1);
        assertThat(err()).contains("--federation-port wants a port").contains("\"https\"");
    }

    @Test
    void refusesACertificateWithoutItsKey() {
        assertThat(run("up", "--tls-cert", existingFile())).isEqualTo(1);
        assertThat(err()).contains("--tls-cert and --tls-key belong together");
    }

    @Test
    void refusesAFileThatIsNotThere() {
        assertThat(run("up", "--ca", "/nowhere/ca.pem")).isEqualTo(1);
        assertThat(err()).contains("--ca: there is no file /nowhere/ca.pem");
    }

    @Test
    void refusesANameThatIsNoKeyspace() {
        assertThat(run("up", "--cluster", "my-cluster")).isEqualTo(1);
        assertThat(err()).contains("\"my-cluster\" cannot name a cluster");
    }

    @Test
    void takesFlagsFromTheEnvironment() {
        // When
        int code = new Launcher(stream(out), stream(err), Map.of("GATEHOUSE_CLIENT_PORT", "none"))
                .run(List.of("up", "--data", folder.toString()));

        // Then
        assertThat(code).isEqualTo(1);
        assertThat(err()).contains("--client-port wants a port");
    }

    @Test
    void saysThatNothingRuns() {
        assertThat(run("status")).isZero();
        assertThat(out()).contains("Nothing runs in " + folder);
    }

    @Test
    void hasNothingToStopTwice() {
        assertThat(run("down")).isZero();
        assertThat(out()).contains("Cluster local does not run.");
    }

    @Test
    void asksWhoseLog() {
        assertThat(run("logs")).isEqualTo(1);
        assertThat(err()).contains("Whose log?").contains("event-graph").contains("kafka");
    }

    private int run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--data", folder.toString()));
        return new Launcher(stream(out), stream(err), Map.of()).run(all);
    }

    private String existingFile() {
        return Path.of("pom.xml").toAbsolutePath().toString();
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }
}
