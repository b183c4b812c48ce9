package org.gatehouse.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** Finds ports that nobody listens on. */
public final class Ports {
    /** Below the range that systems take ports for outgoing connections from, so that a port kept stays free. */
    private static final int LOWEST = 18_000;

    private static final int HIGHEST = 31_999;
    private static final Set<Integer> HANDED_OUT = new HashSet<>();

    private Ports() {}

    /** A free port on loopback that this process has not handed out before. */
    public static synchronized int free() {
        for (int attempt = 0; attempt < 1_000; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST + 1);
            if (isFree("127.0.0.1", port) && HANDED_OUT.add(port)) {
                return port;
            }
        }
        throw new ClusterProblem("No free port between %d and %d.".formatted(LOWEST, HIGHEST));
    }

    /** Tells whether a listener could be opened there now. */
    public static boolean isFree(String address, int port) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getByName(address), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Tells whether somebody listens on that port of loopback. */
    static boolean answers(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 500);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
