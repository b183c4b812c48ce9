package org.gatehouse.stateresolution.room;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gatehouse.matrix.event.StateKey;
import org.gatehouse.matrix.identifier.EventId;

/** The packed form of state entries: a count, then type, state key, event ID (empty if none) and membership of each. */
final class StateEntries {

    /** About how large a chunk of a snapshot is, in bytes. */
    private static final int CHUNK = 64 * 1024;

    private StateEntries() {}

    static byte[] write(List<StateEntry> entries) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(16 + entries.size() * 120);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(entries.size());
            for (StateEntry entry : entries) {
                out.writeUTF(entry.key().type());
                out.writeUTF(entry.key().stateKey());
                out.writeUTF(entry.eventId().map(EventId::value).orElse(""));
                out.writeByte(entry.membership().code());
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    static List<StateEntry> read(byte[] packed) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(packed))) {
            int count = in.readInt();
            List<StateEntry> entries = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                StateKey key = new StateKey(in.readUTF(), in.readUTF());
                String eventId = in.readUTF();
                entries.add(new StateEntry(
                        key,
                        eventId.isEmpty() ? Optional.empty() : Optional.of(new EventId(eventId)),
                        Membership.ofCode(in.readByte())));
            }
            return entries;
        } catch (IOException e) {
            throw new CorruptRoom("packed state entries end early", e);
        }
    }

    /** Splits a whole state so that each part is packed into about 64 KB. */
    static List<List<StateEntry>> chunks(List<StateEntry> entries) {
        List<List<StateEntry>> chunks = new ArrayList<>();
        List<StateEntry> chunk = new ArrayList<>();
        int size = 0;
        for (StateEntry entry : entries) {
            size += 7
                    + entry.key().type().length()
                    + entry.key().stateKey().length()
                    + entry.eventId().map(id -> id.value().length()).orElse(0);
            chunk.add(entry);
            if (size >= CHUNK) {
                chunks.add(chunk);
                chunk = new ArrayList<>();
                size = 0;
            }
        }
        if (!chunk.isEmpty() || chunks.isEmpty()) {
            chunks.add(chunk);
        }
        return chunks;
    }
}
