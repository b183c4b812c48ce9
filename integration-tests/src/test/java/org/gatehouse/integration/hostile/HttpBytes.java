package org.gatehouse.integration.hostile;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.net.ssl.SSLContext;

/** HTTP/1.1 over TLS by hand: sends bytes that no client would. One connection a request. */
public final class HttpBytes {

    private static final int PATIENCE_MILLIS = (int) Duration.ofSeconds(20).toMillis();

    private final SSLContext tls;

    public HttpBytes(SSLContext tls) {
        this.tls = tls;
    }

    /**
     * What came back.
     *
     * @param status 0 if the server closed the connection without an answer
     * @param headers names in lower case
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Response(int status, Map<String, String> headers, byte[] body, Duration took) {

        private static Response closed(Duration took) {
            return new Response(0, Map.of(), new byte[0], took);
        }

        @Override
        public String toString() {
            return status + " " + headers + " " + new String(body, StandardCharsets.UTF_8);
        }
    }

    /** Sends the bytes to a loopback port and reads one answer. */
    public Response exchange(int port, byte[] request) {
        long start = System.nanoTime();
        try (Socket socket = tls.getSocketFactory().createSocket("127.0.0.1", port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            try {
                OutputStream out = socket.getOutputStream();
                out.write(request);
                out.flush();
            } catch (IOException refusedWhileSending) {
                // A server may answer before it has read everything; the answer may still be there.
            }
            return read(socket.getInputStream(), start);
        } catch (SocketTimeoutException e) {
            throw new UncheckedIOException("no answer within " + PATIENCE_MILLIS + " ms", e);
        } catch (IOException closed) {
            return Response.closed(since(start));
        }
    }

    private static Response read(InputStream in, long start) throws IOException {
        String line = line(in);
        if (line.isEmpty()) {
            return Response.closed(since(start));
        }
        int status = Integer.parseInt(line.split(" ", 3)[1]);
        Map<String, String> headers = new TreeMap<>();
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            int colon = header.indexOf(':');
            headers.put(
                    header.substring(0, colon).toLowerCase(Locale.ROOT),
                    header.substring(colon + 1).strip());
        }
        return new Response(status, headers, body(in, headers), since(start));
    }

    private static byte[] body(InputStream in, Map<String, String> headers) throws IOException {
        if (headers.getOrDefault("transfer-encoding", "").equals("chunked")) {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            for (int size = chunk(in); size > 0; size = chunk(in)) {
                body.write(in.readNBytes(size));
                line(in);
            }
            return body.toByteArray();
        }
        return in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
    }

    private static int chunk(InputStream in) throws IOException {
        return Integer.parseInt(line(in), 16);
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int octet = in.read(); octet >= 0 && octet != '\n'; octet = in.read()) {
            line.write(octet);
        }
        return line.toString(StandardCharsets.ISO_8859_1).strip();
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
