package org.gatehouse.ingress.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A peer that sends bytes as they are, which HTTP clients do not. */
final class RawPeer implements AutoCloseable {

    private final Socket socket;

    RawPeer(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(20_000);
    }

    static RawPeer to(int port) throws IOException {
        return new RawPeer(new Socket("127.0.0.1", port));
    }

    RawPeer send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    RawPeer send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return this;
    }

    /** Sends as long as the other side takes it. */
    RawPeer sendWhileItIsTaken(byte[] bytes) {
        try {
            return send(bytes);
        } catch (IOException closed) {
            return this;
        }
    }

    /** All that comes until the other side closes; a reset is an end as well. */
    String readToEnd() throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        InputStream in = socket.getInputStream();
        byte[] buffer = new byte[8_192];
        try {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                read.write(buffer, 0, n);
            }
        } catch (java.net.SocketException reset) {
            // What was read before counts.
        }
        return read.toString(StandardCharsets.UTF_8);
    }

    /** As {@link #readToEnd}, and how long the other side left the connection open. */
    Duration timeToEnd() throws IOException {
        long start = System.nanoTime();
        readToEnd();
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /** The next bytes up to and with a text. */
    String readUpTo(String end) throws IOException {
        StringBuilder read = new StringBuilder();
        InputStream in = socket.getInputStream();
        while (read.indexOf(end) < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("closed after: " + read);
            }
            read.append((char) next);
        }
        return read.toString();
    }

    Socket socket() {
        return socket;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
