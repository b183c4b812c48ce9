package org.gatehouse.lab;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Reads requests, whole or by lines, of no more than so many bytes. */
final class InputReader {

    private static final int KEPT_BUFFER = 1 << 20;
    private static final int END = -1;

    private final InputStream input;
    private final int maxBytes;
    private final byte[] chunk = new byte[1 << 16];
    private int at;
    private int end;
    private byte[] line = new byte[1 << 13];

    InputReader(InputStream input, int maxBytes) {
        this.input = input;
        this.maxBytes = maxBytes;
    }

    /** @throws LabProblem if there are more bytes than the limit, or they cannot be read */
    byte[] all() {
        try {
            byte[] bytes = input.readNBytes(maxBytes);
            if (bytes.length == maxBytes && input.read() != END) {
                throw tooLong("the input");
            }
            return bytes;
        } catch (IOException e) {
            throw new LabProblem("the input cannot be read: " + e.getMessage());
        }
    }

    /** Whether another line follows. Passes over empty lines. */
    boolean hasLine() {
        while (peek() == '\n' || peek() == '\r') {
            at++;
        }
        return peek() != END;
    }

    /**
     * The next line, without its end.
     *
     * @throws LabProblem if it is longer than the limit; it has then been passed over
     */
    byte[] line() {
        int length = 0;
        boolean fits = true;
        while (peek() != END) {
            int stop = endOfLine();
            int size = stop - at;
            fits &= size <= maxBytes - length;
            if (fits) {
                line = length + size <= line.length ? line : Arrays.copyOf(line, capacity(length + size));
                System.arraycopy(chunk, at, line, length, size);
                length += size;
            }
            at = stop;
            if (stop < end) {
                at++;
                break;
            }
        }
        if (!fits) {
            line = new byte[KEPT_BUFFER];
            throw tooLong("the line");
        }
        byte[] copy = Arrays.copyOf(line, length);
        if (line.length > KEPT_BUFFER) {
            line = new byte[KEPT_BUFFER];
        }
        return copy;
    }

    private int capacity(int needed) {
        return (int) Math.min(maxBytes, Math.max(needed, 2L * line.length));
    }

    /** The offset of the next line feed in the chunk, or the chunk's end. */
    private int endOfLine() {
        int stop = at;
        while (stop < end && chunk[stop] != '\n') {
            stop++;
        }
        return stop;
    }

    private int peek() {
        if (at == end) {
            try {
                at = 0;
                end = Math.max(0, input.read(chunk));
            } catch (IOException e) {
                throw new LabProblem("the input cannot be read: " + e.getMessage());
            }
        }
        return at == end ? END : chunk[at];
    }

    private LabProblem tooLong(String what) {
        return new LabProblem("%s is longer than %,d bytes".formatted(what, maxBytes));
    }
}
