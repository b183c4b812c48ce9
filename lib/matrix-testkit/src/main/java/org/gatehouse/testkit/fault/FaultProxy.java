package org.gatehouse.testkit.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A TCP proxy on loopback that passes everything on until it is told a fault. A fault holds at once, for connections that
 * are open as for new ones, until it is told the next.
 */
public final class FaultProxy implements AutoCloseable {

    private static final int CONNECT_MILLIS = 5_000;
    private static final int BACKLOG = 256;
    private static final String LOOPBACK = "127.0.0.1";

    /** Seen from who connects. */
    public enum Direction {
        TO_SERVER,
        TO_CLIENT
    }

    private final ServerSocket door;
    private final InetSocketAddress server;
    private final Chunks.Reading answers;
    private final Map<Direction, FaultSwitch> switches = new EnumMap<>(Direction.class);
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "fault-proxy");
        thread.setDaemon(true);
        return thread;
    });

    private FaultProxy(ServerSocket door, InetSocketAddress server, Chunks.Reading answers) {
        this.door = door;
        this.server = server;
        this.answers = answers;
        for (Direction direction : Direction.values()) {
            switches.put(direction, new FaultSwitch());
        }
    }

    /** Starts one on a free port, in front of a port of this machine. */
    public static FaultProxy to(int port) {
        return to(new InetSocketAddress(LOOPBACK, port));
    }

    /** Starts one on a free port. */
    public static FaultProxy to(InetSocketAddress server) {
        return start(open(), server, Chunks::asTheyCome);
    }

    /**
     * Starts one in front of a Kafka broker of this machine, whose clients stay behind the proxy: they are told its port
     * for the broker's.
     *
     * @param port of the broker's listener, which is advertised as 127.0.0.1
     */
    public static FaultProxy toKafka(int port) {
        ServerSocket door = open();
        return start(
                door, new InetSocketAddress(LOOPBACK, port), Chunks.kafkaAnswers(LOOPBACK, port, door.getLocalPort()));
    }

    private static ServerSocket open() {
        try {
            return new ServerSocket(0, BACKLOG, InetAddress.getByName(LOOPBACK));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FaultProxy start(ServerSocket door, InetSocketAddress server, Chunks.Reading answers) {
        FaultProxy proxy = new FaultProxy(door, server, answers);
        proxy.threads.execute(proxy::accept);
        return proxy;
    }

    /** The port that stands for the server's. */
    public int port() {
        return door.getLocalPort();
    }

    /** {@code 127.0.0.1:port}. */
    public String address() {
        return LOOPBACK + ":" + port();
    }

    /** Disturbs both directions. */
    public void set(Fault fault) {
        switches.values().forEach(it -> it.set(fault));
    }

    /** Disturbs one direction. */
    public void set(Direction direction, Fault fault) {
        of(direction).set(fault);
    }

    /** How many connections were made until now. */
    public int connections() {
        return connections.get();
    }

    /** How many bytes went on in a direction until now. */
    public long passed(Direction direction) {
        return of(direction).passed();
    }

    private FaultSwitch of(Direction direction) {
        return Objects.requireNonNull(switches.get(direction));
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                connections.incrementAndGet();
                open.add(client);
                threads.execute(() -> serve(client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        Socket upstream = new Socket();
        open.add(upstream);
        try {
            client.setTcpNoDelay(true);
            upstream.setTcpNoDelay(true);
            upstream.connect(server, CONNECT_MILLIS);
        } catch (IOException e) {
            end(client);
            end(upstream);
            return;
        }
        threads.execute(() -> pump(client, upstream, of(Direction.TO_SERVER), Chunks::asTheyCome));
        pump(upstream, client, of(Direction.TO_CLIENT), answers);
    }

    private void pump(Socket from, Socket to, FaultSwitch faults, Chunks.Reading reading) {
        try {
            if (new FaultyLink(from, to, faults, reading).pump()) {
                to.shutdownOutput();
            } else {
                end(from);
                end(to);
            }
        } catch (IOException e) {
            end(from);
            end(to);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            end(from);
            end(to);
        }
        if (from.isOutputShutdown() && to.isOutputShutdown()) {
            end(from);
            end(to);
        }
    }

    private void end(Socket socket) {
        open.remove(socket);
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.shutdownNow();
        open.forEach(this::end);
    }
}
