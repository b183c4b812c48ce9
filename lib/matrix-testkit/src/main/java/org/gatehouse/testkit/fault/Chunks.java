package org.gatehouse.testkit.fault;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** What is passed on at once. */
@FunctionalInterface
interface Chunks {

    int MOST = 16 * 1024;

    /** How the bytes of a connection are cut into chunks. */
    @FunctionalInterface
    interface Reading {
        Chunks of(InputStream in);
    }

    /** Empty at the end. */
    Optional<byte[]> next() throws IOException;

    /** As they come. */
    static Chunks asTheyCome(InputStream in) {
        byte[] buffer = new byte[MOST];
        return () -> {
            int count = in.read(buffer);
            return count < 0 ? Optional.empty() : Optional.of(Arrays.copyOf(buffer, count));
        };
    }

    /**
     * Kafka's answers, each whole. A broker tells clients its address, and they would go around the proxy: wherever an
     * answer has the broker's host and port, the port becomes the proxy's. (In all of them the port follows the host.)
     */
    static Reading kafkaAnswers(String host, int brokersPort, int proxysPort) {
        byte[] told = address(host, brokersPort);
        byte[] instead = address(host, proxysPort);
        return in -> {
            DataInputStream frames = new DataInputStream(in);
            return () -> {
                byte[] length = frames.readNBytes(Integer.BYTES);
                if (length.length < Integer.BYTES) {
                    return Optional.empty();
                }
                int size = ByteBuffer.wrap(length).getInt();
                byte[] frame = Arrays.copyOf(length, Integer.BYTES + size);
                if (frames.readNBytes(frame, Integer.BYTES, size) < size) {
                    throw new EOFException("the broker's answer is cut short");
                }
                replace(frame, told, instead);
                return Optional.of(frame);
            };
        };
    }

    private static byte[] address(String host, int port) {
        byte[] name = host.getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(name.length + Integer.BYTES)
                .put(name)
                .putInt(port)
                .array();
    }

    private static void replace(byte[] bytes, byte[] what, byte[] with) {
        for (int at = 0; at + what.length <= bytes.length; at++) {
            if (Arrays.equals(bytes, at, at + what.length, what, 0, what.length)) {
                System.arraycopy(with, 0, bytes, at, with.length);
            }
        }
    }
}
