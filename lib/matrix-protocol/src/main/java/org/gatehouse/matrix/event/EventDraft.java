package org.gatehouse.matrix.event;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.matrix.roomversion.EventIdFormat;
import org.gatehouse.matrix.roomversion.RoomVersion;
import org.jspecify.annotations.Nullable;

/**
 * An event of ours before it is hashed and signed.
 *
 * @param roomId absent only for the create event of a room whose ID is that event's hash
 * @param stateKey absent for a message event
 * @param redacts the target of a redaction; put where the room version wants it
 * @param originServerTs milliseconds since the epoch
 * @param eventId the ID, in room versions 1 and 2 alone, where it is chosen: {@code $opaque:server}; if it is absent there,
 *     the event is named by the hash of what it says, on its sender's server
 * @param referenceHashes for room versions 1 and 2, by parent or auth event, what is known of their reference hashes
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
        long originServerTs,
        Optional<EventId> eventId,
        SortedMap<EventId, String> referenceHashes) {

    /** @throws MalformedEvent if the room ID is missing, or an ID is given where the event makes it */
    public EventDraft {
        referenceHashes = Collections.unmodifiableSortedMap(new TreeMap<>(referenceHashes));
        prevEvents = List.copyOf(prevEvents);
        authEvents = List.copyOf(authEvents);
        boolean makesRoom = roomVersion.roomIdIsCreateHash() && type.equals(EventTypes.CREATE);
        if (roomId.isPresent() == makesRoom) {
            throw new MalformedEvent("room_id");
        }
        boolean namesItself = roomVersion.eventIdFormat() == EventIdFormat.FIELD;
        if (eventId.isPresent() && !(namesItself && EventIdFormat.FIELD.accepts(eventId.get()))) {
            throw new MalformedEvent("event_id");
        }
    }

    public static Builder builder(RoomVersion roomVersion, UserId sender, String type) {
        return new Builder(roomVersion, sender, type);
    }

    /** The event's JSON, without hashes and signatures. */
    public JsonObject toJson() {
        JsonObject.Builder json = JsonObject.builder()
                .put("auth_events", EventReferences.write(roomVersion, authEvents, referenceHashes))
                .put("content", contentWithTarget())
                .put("depth", depth)
                .put("origin_server_ts", originServerTs)
                .put("prev_events", EventReferences.write(roomVersion, prevEvents, referenceHashes))
                .put("sender", sender.value())
                .put("type", type);
        roomId.ifPresent(present -> json.put("room_id", present.value()));
        stateKey.ifPresent(present -> json.put("state_key", present));
        if (!roomVersion.redactionTargetInContent()) {
            redacts.ifPresent(target -> json.put("redacts", target.value()));
        }
        return roomVersion.eventIdFormat() == EventIdFormat.FIELD ? named(json.build()) : json.build();
    }

    private JsonObject named(JsonObject json) {
        String name = eventId.map(EventId::value)
                .orElseGet(() -> "$" + EventHashes.urlSafeHash(json) + ":" + sender.serverName());
        return json.with("event_id", name);
    }

    private JsonObject contentWithTarget() {
        return roomVersion.redactionTargetInContent() && redacts.isPresent()
                ? content.with("redacts", redacts.get().value())
                : content;
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
        private @Nullable EventId eventId;
        private SortedMap<EventId, String> referenceHashes = new TreeMap<>();

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

        /** Names an event of room version 1 or 2; later ones make their own ID. */
        public Builder eventId(EventId id) {
            this.eventId = id;
            return this;
        }

        /** Reference hashes, for the pairs of room versions 1 and 2; see {@link EventHashes#referenceHash}. */
        public Builder referenceHashes(SortedMap<EventId, String> byEvent) {
            this.referenceHashes = byEvent;
            return this;
        }

        /**
         * The draft.
         *
         * @throws MalformedEvent if the room ID is missing, or an ID is given where the event makes it
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
                    originServerTs,
                    Optional.ofNullable(eventId),
                    referenceHashes);
        }
    }
}
