package org.gatehouse.requestauth;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Sends bytes as they are, which HTTP clients do not. */
final class RawHttp {

    record Answer(int status, String body) {}

    private final int port;

    RawHttp(int port) {
        this.port = port;
    }

    Answer send(String method, String target, List<String> headers, byte[] body) throws IOException {
        return send(method, target, headers, body, body.length);
    }

    /** Holds the body back behind its first bytes for a moment. */
    Answer send(String method, String target, List<String> headers, byte[] body, int firstBytes) throws IOException {
        StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\nConnection: close\r\n");
        headers.forEach(header -> head.append(header).append("\r\n"));
        if (body.length > 0) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        head.append("\r\n");
        try (Socket socket = new Socket("localhost", port)) {
            socket.setSoTimeout(10_000);
            OutputStream out = socket.getOutputStream();
            out.write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
            out.write(body, 0, firstBytes);
            out.flush();
            if (firstBytes < body.length) {
                pause();
                out.write(body, firstBytes, body.length - firstBytes);
            }
            return read(socket);
        }
    }

    private static Answer read(Socket socket) throws IOException {
        String text = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int end = text.indexOf("\r\n\r\n");
        return new Answer(Integer.parseInt(text.substring(9, 12)), end < 0 ? "" : text.substring(end + 4));
    }

    private static void pause() {
        try {
            Thread.sleep(200);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
