package org.gatehouse.testkit.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.gatehouse.matrix.canonicaljson.CanonicalJson;
import org.gatehouse.matrix.canonicaljson.StrictJson;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.ServerName;

/**
 * What was sent, and what came of it, in a file: one JSON object a line. An attempt is on the disk before it is sent, so
 * nothing can have reached the cluster that the ledger does not know of, whoever is killed. For many threads.
 */
public final class Ledger implements AutoCloseable {

    private final FileChannel file;
    private long attempts;

    private Ledger(FileChannel file, long attempts) {
        this.file = file;
        this.attempts = attempts;
    }

    /** Opens a ledger, or goes on with one; a line that was cut short at its end is taken out. */
    public static Ledger open(Path path) {
        try {
            FileChannel file = FileChannel.open(
                    path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            byte[] before = Files.readAllBytes(path);
            int whole = endOfLastWholeLine(before);
            file.truncate(whole);
            file.position(whole);
            long attempts = entries(before, whole).stream()
                    .mapToLong(LedgerEntry::attempt)
                    .max()
                    .orElse(0);
            return new Ledger(file, attempts);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every whole line of a ledger. */
    public static List<LedgerEntry> read(Path path) {
        try {
            byte[] bytes = Files.readAllBytes(path);
            return entries(bytes, endOfLastWholeLine(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Notes what is about to be sent, and returns when that is on the disk. */
    public synchronized long attempt(ServerName origin, String txnId, List<EventId> events) {
        attempts++;
        write(new LedgerEntry.Attempt(attempts, origin, txnId, events));
        try {
            file.force(false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return attempts;
    }

    /** It was answered 200. */
    public void ack(long attempt, List<EventId> taken, Map<EventId, String> refused) {
        write(new LedgerEntry.Ack(attempt, taken, refused));
    }

    /** It was answered with another status. */
    public void fail(long attempt, int status) {
        write(new LedgerEntry.Fail(attempt, status));
    }

    /** No answer came. */
    public void unknown(long attempt, String reason) {
        write(new LedgerEntry.Unknown(attempt, reason));
    }

    private synchronized void write(LedgerEntry entry) {
        ByteBuffer line =
                ByteBuffer.wrap((CanonicalJson.writeString(entry.toJson()) + "\n").getBytes(StandardCharsets.UTF_8));
        try {
            while (line.hasRemaining()) {
                file.write(line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int endOfLastWholeLine(byte[] bytes) {
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] != '\n') {
            end--;
        }
        return end;
    }

    private static List<LedgerEntry> entries(byte[] bytes, int end) {
        List<LedgerEntry> entries = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < end; i++) {
            if (bytes[i] == '\n') {
                entries.add(LedgerEntry.of(StrictJson.parseObject(Arrays.copyOfRange(bytes, from, i))));
                from = i + 1;
            }
        }
        return entries;
    }

    @Override
    public synchronized void close() {
        try {
            file.force(true);
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
