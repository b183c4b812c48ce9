package org.gatehouse.matrix.edu;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.UserId;

/**
 * How far users have read (Server-Server API, "Receipts"). What is not listed stays as it was. Entries of users of other
 * servers and malformed ones are passed over, and so are receipts of other types than {@code m.read}: private receipts
 * are never sent to other servers.
 *
 * @param receipts in code-point order of room, then user
 */
public record Receipts(List<ReadReceipt> receipts) implements Edu {

    public static final String TYPE = "m.receipt";

    private static final String READ = "m.read";
    private static final String MAIN_THREAD = "main";

    /**
     * One user has read one room up to an event.
     *
     * @param ts when, in milliseconds since the epoch
     * @param threadId {@code main} or the ID of a thread's root; absent for a receipt that is of no thread
     */
    public record ReadReceipt(RoomId roomId, UserId userId, EventId eventId, long ts, Optional<String> threadId) {}

    public Receipts {
        receipts = List.copyOf(receipts);
    }

    static Receipts read(EduFields content) {
        List<ReadReceipt> receipts = new ArrayList<>();
        for (String room : content.json().names()) {
            content.entry(() -> receiptsOf(room, content)).ifPresent(receipts::addAll);
        }
        return new Receipts(receipts);
    }

    @Override
    public String type() {
        return TYPE;
    }

    private static List<ReadReceipt> receiptsOf(String room, EduFields content) {
        RoomId roomId = RoomId.tryParse(room).orElseThrow(() -> new MalformedEdu("a key is no room ID"));
        EduFields byType = content.inside(content.object(room, "a room"));
        List<ReadReceipt> receipts = new ArrayList<>();
        byType.optionalObject(READ).ifPresent(byUser -> {
            EduFields users = content.inside(byUser);
            for (String user : byUser.names()) {
                content.entry(() -> receipt(roomId, users, user)).ifPresent(receipts::add);
            }
        });
        return receipts;
    }

    private static ReadReceipt receipt(RoomId roomId, EduFields users, String user) {
        EduFields receipt = users.inside(users.object(user, "a receipt"));
        EduFields data = users.inside(receipt.object("data"));
        return new ReadReceipt(
                roomId,
                users.ownUserId(user, "the reader"),
                onlyEvent(receipt.array("event_ids")),
                data.integer("ts"),
                threadId(data.json()));
    }

    private static EventId onlyEvent(JsonArray eventIds) {
        if (eventIds.size() != 1) {
            throw new MalformedEdu("event_ids holds not one event");
        }
        return eventIds.values()
                .get(0)
                .asString()
                .flatMap(EventId::tryParse)
                .orElseThrow(() -> new MalformedEdu("event_ids holds no event ID"));
    }

    /** A thread that cannot be one makes the receipt unthreaded, as other servers do. */
    private static Optional<String> threadId(JsonObject data) {
        return data.string("thread_id")
                .filter(id -> id.equals(MAIN_THREAD) || EventId.tryParse(id).isPresent());
    }
}
