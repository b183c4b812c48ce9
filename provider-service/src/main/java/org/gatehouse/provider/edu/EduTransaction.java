package org.gatehouse.provider.edu;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import org.gatehouse.cluster.ReceivedEdu;
import org.gatehouse.matrix.canonicaljson.CanonicalJson;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.JsonString;
import org.gatehouse.matrix.canonicaljson.JsonValue;
import org.gatehouse.matrix.edu.PresenceUpdates;
import org.gatehouse.matrix.edu.Receipts;
import org.gatehouse.matrix.edu.Typing;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.UserId;

/**
 * The body of a transaction as it grows (Application Service API, "Pushing ephemeral data"). Of typing, receipts and
 * presence only the newest is kept, to-device messages all, in their order.
 */
final class EduTransaction {

    private final Map<RoomId, SortedSet<UserId>> typing = new LinkedHashMap<>();
    private final Map<RoomId, Map<Reader, ReceivedEdu.Read>> receipts = new LinkedHashMap<>();
    private final Map<UserId, ReceivedEdu.Presence> presences = new LinkedHashMap<>();
    private final List<JsonObject> toDevice = new ArrayList<>();

    /** A user has one receipt in each thread, and one of no thread. */
    private record Reader(UserId userId, String thread) {}

    /** Who types in a room now. */
    void typing(RoomId roomId, SortedSet<UserId> users) {
        typing.put(roomId, users);
    }

    void read(RoomId roomId, ReceivedEdu.Read receipt) {
        receipts.computeIfAbsent(roomId, room -> new LinkedHashMap<>())
                .put(new Reader(receipt.userId(), receipt.threadId().orElse("")), receipt);
    }

    void presence(ReceivedEdu.Presence presence) {
        presences.put(presence.userId(), presence);
    }

    void toDevice(ReceivedEdu.ToDevice message, String deviceId, JsonObject content) {
        toDevice.add(JsonObject.builder()
                .put("type", message.eventType())
                .put("sender", message.sender().value())
                .put("content", content)
                .put("to_user_id", message.target().value())
                .put("to_device_id", deviceId)
                .build());
    }

    boolean isEmpty() {
        return typing.isEmpty() && receipts.isEmpty() && presences.isEmpty() && toDevice.isEmpty();
    }

    byte[] body() {
        List<JsonObject> ephemeral = new ArrayList<>();
        typing.forEach((room, users) -> ephemeral.add(typingEvent(room, users)));
        receipts.forEach((room, read) -> ephemeral.addAll(receiptEvents(room, read.values())));
        presences.values().forEach(presence -> ephemeral.add(presenceEvent(presence)));
        return CanonicalJson.write(JsonObject.builder()
                .put("events", JsonArray.EMPTY)
                .put("ephemeral", JsonArray.of(ephemeral))
                .put("de.sorunome.msc2409.to_device", JsonArray.of(toDevice))
                .build());
    }

    private static JsonObject typingEvent(RoomId room, SortedSet<UserId> users) {
        JsonValue[] ids =
                users.stream().map(user -> new JsonString(user.value())).toArray(JsonValue[]::new);
        return inRoom(Typing.TYPE, room, JsonObject.of("user_ids", JsonArray.of(ids)));
    }

    /** As many events as it takes: one names a user once under an event, whatever threads it has read there. */
    private static List<JsonObject> receiptEvents(RoomId room, Iterable<ReceivedEdu.Read> receipts) {
        List<SortedMap<String, SortedMap<String, JsonObject>>> contents = new ArrayList<>();
        for (ReceivedEdu.Read receipt : receipts) {
            String event = receipt.eventId().value();
            String user = receipt.userId().value();
            SortedMap<String, SortedMap<String, JsonObject>> content = contents.stream()
                    .filter(users -> !users.getOrDefault(event, new TreeMap<>()).containsKey(user))
                    .findFirst()
                    .orElseGet(() -> {
                        contents.add(new TreeMap<>());
                        return contents.get(contents.size() - 1);
                    });
            content.computeIfAbsent(event, id -> new TreeMap<>()).put(user, data(receipt));
        }
        return contents.stream()
                .map(content -> inRoom(Receipts.TYPE, room, receiptContent(content)))
                .toList();
    }

    private static JsonObject receiptContent(SortedMap<String, SortedMap<String, JsonObject>> byEvent) {
        JsonObject.Builder content = JsonObject.builder();
        byEvent.forEach((event, byUser) -> {
            JsonObject.Builder users = JsonObject.builder();
            byUser.forEach(users::put);
            content.put(event, JsonObject.of("m.read", users.build()));
        });
        return content.build();
    }

    private static JsonObject data(ReceivedEdu.Read receipt) {
        JsonObject data = JsonObject.EMPTY.with("ts", receipt.ts());
        return receipt.threadId().map(thread -> data.with("thread_id", thread)).orElse(data);
    }

    private static JsonObject presenceEvent(ReceivedEdu.Presence presence) {
        JsonObject.Builder content = JsonObject.builder()
                .put("presence", presence.presence())
                .put("last_active_ago", presence.lastActiveAgo())
                .put("currently_active", presence.currentlyActive());
        presence.statusMessage().ifPresent(message -> content.put("status_msg", message));
        return JsonObject.builder()
                .put("type", PresenceUpdates.TYPE)
                .put("sender", presence.userId().value())
                .put("content", content.build())
                .build();
    }

    private static JsonObject inRoom(String type, RoomId room, JsonObject content) {
        return JsonObject.builder()
                .put("type", type)
                .put("room_id", room.value())
                .put("content", content)
                .build();
    }
}
