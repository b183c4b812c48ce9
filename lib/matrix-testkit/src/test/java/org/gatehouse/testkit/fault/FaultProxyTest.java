package org.gatehouse.testkit.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** In front of a server that sends back what it gets. */
@Timeout(30)
class FaultProxyTest {

    private static final byte[] MESSAGE = "a message of 22 bytes.".getBytes(StandardCharsets.UTF_8);

    private ServerSocket echo;
    private FaultProxy proxy;
    private Socket client;

    @BeforeEach
    void start() throws IOException {
        echo = new ServerSocket(0, 16, InetAddress.getByName("127.0.0.1"));
        Thread server = new Thread(this::serve, "echo");
        server.setDaemon(true);
        server.start();
        proxy = FaultProxy.to(echo.getLocalPort());
        client = connect();
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        proxy.close();
        echo.close();
    }

    @Test
    void passesEverythingOnWithoutAFault() throws IOException {
        assertThat(echoed()).isEqualTo(MESSAGE);
        client.shutdownOutput();
        assertThat(client.getInputStream().read()).isEqualTo(-1);
        assertThat(proxy.passed(FaultProxy.Direction.TO_SERVER)).isEqualTo(MESSAGE.length);
        assertThat(proxy.passed(FaultProxy.Direction.TO_CLIENT)).isEqualTo(MESSAGE.length);
        assertThat(proxy.connections()).isEqualTo(1);
    }

    @Test
    void delaysAnOpenConnection() throws IOException {
        echoed();
        proxy.set(FaultProxy.Direction.TO_CLIENT, Fault.delay(Duration.ofMillis(300)));
        assertThat(timed()).isBetween(Duration.ofMillis(290), Duration.ofSeconds(5));
        proxy.set(Fault.none());
        assertThat(timed()).isLessThan(Duration.ofMillis(290));
    }

    @Test
    void jittersByItsSeed() throws IOException {
        proxy.set(FaultProxy.Direction.TO_SERVER, Fault.jitter(Duration.ofMillis(200), 4));
        Random lengths = new Random(4);
        for (int i = 0; i < 3; i++) {
            Duration expected = Duration.ofMillis((long) (lengths.nextDouble() * 200));
            assertThat(timed()).isBetween(expected.minusMillis(1), expected.plusSeconds(2));
        }
    }

    @Test
    void resetsInTheMiddleOfAMessage() throws IOException {
        echoed();
        proxy.set(FaultProxy.Direction.TO_SERVER, Fault.reset());
        client.getOutputStream().write(MESSAGE);
        assertThatThrownBy(() -> client.getInputStream().readNBytes(MESSAGE.length))
                .isInstanceOf(SocketException.class)
                .hasMessageContaining("reset");
        assertThat(proxy.passed(FaultProxy.Direction.TO_SERVER)).isEqualTo(MESSAGE.length + MESSAGE.length / 2);
    }

    @Test
    void holdsEverythingInABlackHoleAndLetsItGoAfterwards() throws IOException {
        proxy.set(Fault.blackHole());
        client.getOutputStream().write(MESSAGE);
        client.setSoTimeout(300);
        assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
        try (Socket another = connect()) {
            another.getOutputStream().write(MESSAGE);
            another.setSoTimeout(300);
            assertThatThrownBy(() -> another.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
        }
        assertThat(proxy.passed(FaultProxy.Direction.TO_SERVER)).isZero();

        proxy.set(Fault.none());
        client.setSoTimeout(10_000);
        assertThat(client.getInputStream().readNBytes(MESSAGE.length)).isEqualTo(MESSAGE);
    }

    @Test
    void truncatesEachConnectionAfterSoManyBytes() throws IOException {
        echoed();
        proxy.set(FaultProxy.Direction.TO_CLIENT, Fault.truncateAfter(30));
        for (Socket each : new Socket[] {client, connect()}) {
            each.getOutputStream().write(MESSAGE);
            assertThat(each.getInputStream().readNBytes(MESSAGE.length)).isEqualTo(MESSAGE);
            each.getOutputStream().write(MESSAGE);
            assertThat(each.getInputStream().readAllBytes()).isEqualTo(Arrays.copyOf(MESSAGE, 30 - MESSAGE.length));
            each.close();
        }
    }

    @Test
    void tricklesAByteASecond() throws IOException {
        proxy.set(FaultProxy.Direction.TO_CLIENT, Fault.trickle());
        client.getOutputStream().write(MESSAGE);
        long start = System.nanoTime();
        assertThat(client.getInputStream().readNBytes(2)).isEqualTo(Arrays.copyOf(MESSAGE, 2));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(1_900));
        proxy.set(Fault.none());
        assertThat(client.getInputStream().readNBytes(MESSAGE.length - 2)).hasSize(MESSAGE.length - 2);
    }

    @Test
    void closesTheConnectionIfThereIsNoServer() throws IOException {
        echo.close();
        try (FaultProxy toNowhere = FaultProxy.to(echo.getLocalPort());
                Socket lonely = new Socket("127.0.0.1", toNowhere.port())) {
            assertThat(lonely.getInputStream().read()).isEqualTo(-1);
        }
    }

    private byte[] echoed() throws IOException {
        client.getOutputStream().write(MESSAGE);
        return client.getInputStream().readNBytes(MESSAGE.length);
    }

    private Duration timed() throws IOException {
        long start = System.nanoTime();
        assertThat(echoed()).isEqualTo(MESSAGE);
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private Socket connect() throws IOException {
        return new Socket("127.0.0.1", proxy.port());
    }

    private void serve() {
        while (true) {
            try {
                Socket socket = echo.accept();
                Thread each = new Thread(() -> sendBack(socket), "echo");
                each.setDaemon(true);
                each.start();
            } catch (IOException e) {
                return;
            }
        }
    }

    private static void sendBack(Socket socket) {
        try (socket) {
            socket.getInputStream().transferTo(socket.getOutputStream());
        } catch (IOException e) {
            // The client is gone.
        }
    }
}
