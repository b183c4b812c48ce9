package org.gatehouse.integration;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** What a Service is on Kubernetes: one address for several instances. Each connection goes to the next that takes it. */
final class Balancer implements AutoCloseable {

    private final ServerSocket door;
    private final List<Integer> instances = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "balancer");
        thread.setDaemon(true);
        return thread;
    });

    Balancer() {
        try {
            door = new ServerSocket(0, 256, InetAddress.getByName("127.0.0.1"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        threads.execute(this::accept);
    }

    int port() {
        return door.getLocalPort();
    }

    /** Adds an instance, by its port on loopback. */
    void add(int port) {
        instances.add(port);
    }

    /** How many connections were made until now. */
    int connections() {
        return connections.get();
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                int number = connections.incrementAndGet();
                threads.execute(() -> serve(client, number));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket client, int number) {
        List<Integer> ports = new ArrayList<>(instances);
        for (int i = 0; i < ports.size(); i++) {
            Socket server = new Socket();
            try {
                server.connect(new InetSocketAddress("127.0.0.1", ports.get((number + i) % ports.size())), 1_000);
            } catch (IOException e) {
                close(server);
                continue;
            }
            threads.execute(() -> copy(client, server));
            copy(server, client);
            return;
        }
        close(client);
    }

    private static void copy(Socket from, Socket to) {
        byte[] buffer = new byte[16 * 1024];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                out.write(buffer, 0, count);
            }
        } catch (IOException e) {
            // One side is gone, so the other is closed too.
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
        threads.shutdownNow();
    }
}
