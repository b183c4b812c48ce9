package org.gatehouse.matrix.event;

import java.util.List;
import java.util.Optional;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.JsonString;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.matrix.roomversion.RoomVersion;
import org.jspecify.annotations.Nullable;

/**
 * An event of ours before it is hashed and signed.
 *
 * @param roomId absent only for the create event of a room whose ID is that event's hash
 * @param stateKey absent for a message event
 * @param redacts the target of a redaction; put where the room version wants it
 * @param originServerTs milliseconds since the epoch
 */
public record EventDraft(
        RoomVersion roomVersion,
        Optional<RoomId> roomId,
        UserId sender,
        String type,
        Optional<String> stateKey,
        JsonObject content,
        Optional<EventId> redacts,
        List<EventId> prevEvents,
        List<EventId> authEvents,
        long depth,
        long originServerTs) {

    /** @throws MalformedEvent if the room ID is missing, or given where the event makes it */
    public EventDraft {
        prevEvents = List.copyOf(prevEvents);
        authEvents = List.copyOf(authEvents);
        boolean makesRoom = roomVersion.roomIdIsCreateHash() && type.equals(EventTypes.CREATE);
        if (roomId.isPresent() == makesRoom) {
            throw new MalformedEvent("room_id");
        }
    }

    public static Builder builder(RoomVersion roomVersion, UserId sender, String type) {
        return new Builder(roomVersion, sender, type);
    }

    /** The event's JSON, without hashes and signatures. */
    public JsonObject toJson() {
        JsonObject.Builder json = JsonObject.builder()
                .put("auth_events", ids(authEvents))
                .put("content", contentWithTarget())
                .put("depth", depth)
                .put("origin_server_ts", originServerTs)
                .put("prev_events", ids(prevEvents))
                .put("sender", sender.value())
                .put("type", type);
        roomId.ifPresent(present -> json.put("room_id", present.value()));
        stateKey.ifPresent(present -> json.put("state_key", present));
        if (!roomVersion.redactionTargetInContent()) {
            redacts.ifPresent(target -> json.put("redacts", target.value()));
        }
        return json.build();
    }

    private JsonObject contentWithTarget() {
        return roomVersion.redactionTargetInContent() && redacts.isPresent()
                ? content.with("redacts", redacts.get().value())
                : content;
    }

    private static JsonArray ids(List<EventId> events) {
        return JsonArray.of(
                events.stream().map(id -> new JsonString(id.value())).toList());
    }

    /** Collects a draft. What is not set is empty: no content, no parents, depth 0, time 0. */
    public static final class Builder {

        private final RoomVersion roomVersion;
        private final UserId sender;
        private final String type;
        private @Nullable RoomId roomId;
        private @Nullable String stateKey;
        private @Nullable EventId redacts;
        private JsonObject content = JsonObject.EMPTY;
        private List<EventId> prevEvents = List.of();
        private List<EventId> authEvents = List.of();
        private long depth;
        private long originServerTs;

        private Builder(RoomVersion roomVersion, UserId sender, String type) {
            this.roomVersion = roomVersion;
            this.sender = sender;
            this.type = type;
        }

        public Builder roomId(RoomId id) {
            this.roomId = id;
            return this;
        }

        public Builder stateKey(String key) {
            this.stateKey = key;
            return this;
        }

        public Builder content(JsonObject object) {
            this.content = object;
            return this;
        }

        public Builder redacts(EventId target) {
            this.redacts = target;
            return this;
        }

        public Builder prevEvents(List<EventId> events) {
            this.prevEvents = events;
            return this;
        }

        public Builder authEvents(List<EventId> events) {
            this.authEvents = events;
            return this;
        }

        public Builder depth(long value) {
            this.depth = value;
            return this;
        }

        public Builder originServerTs(long millis) {
            this.originServerTs = millis;
            return this;
        }

        /**
         * The draft.
         *
         * @throws MalformedEvent if the room ID is missing, or given where the event makes it
         */
        public EventDraft build() {
            return new EventDraft(
                    roomVersion,
                    Optional.ofNullable(roomId),
                    sender,
                    type,
                    Optional.ofNullable(stateKey),
                    content,
                    Optional.ofNullable(redacts),
                    prevEvents,
                    authEvents,
                    depth,
                    originServerTs);
        }
    }
}
