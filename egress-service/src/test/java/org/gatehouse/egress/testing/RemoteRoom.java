package org.gatehouse.egress.testing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.JsonString;
import org.gatehouse.matrix.event.EventDraft;
import org.gatehouse.matrix.event.EventHashes;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.event.StateKey;
import org.gatehouse.matrix.event.StoredPdus;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.matrix.roomversion.RoomVersion;
import org.gatehouse.matrix.roomversion.RoomVersions;
import org.gatehouse.matrix.signing.EventSigning;
import org.gatehouse.matrix.signing.SigningKey;

/** A room of one user of another server, made event by event, each signed by it. */
public final class RemoteRoom {

    public static final long START = 1_700_000_000_000L;

    private final RoomVersion version;
    private final ServerName server;
    private final SigningKey key;
    private final UserId creator;
    private final RoomId roomId;
    private final Map<StateKey, Pdu> state = new LinkedHashMap<>();
    private final List<Pdu> events = new ArrayList<>();

    public RemoteRoom(RoomVersion version, ServerName server, SigningKey key) {
        this.version = version;
        this.server = server;
        this.key = key;
        this.creator = new UserId("@alice:" + server);
        boolean hashed = version.roomIdIsCreateHash();
        EventDraft.Builder create = EventDraft.builder(version, creator, "m.room.create")
                .stateKey("")
                .content(content("room_version", version.id(), "creator", creator.toString()))
                .originServerTs(START);
        if (!hashed) {
            create.roomId(new RoomId("!room:" + server));
        }
        Pdu made = sign(create.build());
        this.roomId = made.roomId();
        add(made);
        add(draft("m.room.member", creator.toString(), content("membership", "join")));
        add(draft("m.room.join_rules", "", content("join_rule", "public")));
    }

    public static RemoteRoom ofVersion11(ServerName server, SigningKey key) {
        return new RemoteRoom(RoomVersions.V11, server, key);
    }

    public RoomId roomId() {
        return roomId;
    }

    public RoomVersion version() {
        return version;
    }

    public UserId creator() {
        return creator;
    }

    /** All events, oldest first. */
    public List<Pdu> events() {
        return List.copyOf(events);
    }

    public List<Pdu> state() {
        return List.copyOf(state.values());
    }

    public Pdu last() {
        return events.get(events.size() - 1);
    }

    public Pdu state(String type, String stateKey) {
        return state.get(new StateKey(type, stateKey));
    }

    /** Sends a message on top of the last event. */
    public Pdu say(String text) {
        return add(draft("m.room.message", null, content("body", text)));
    }

    public Pdu put(String type, String stateKey, JsonObject content) {
        return add(draft(type, stateKey, content));
    }

    /** A draft on top of the last event; it is not part of the room yet. */
    public EventDraft.Builder onTop(UserId sender, String type) {
        return EventDraft.builder(version, sender, type)
                .roomId(roomId)
                .prevEvents(List.of(last().eventId()))
                .authEvents(authEvents(sender))
                .depth(last().depth() + 1)
                .originServerTs(START + events.size());
    }

    public Pdu add(Pdu event) {
        events.add(event);
        event.stateSlot().ifPresent(slot -> state.put(slot, event));
        return event;
    }

    public Pdu sign(EventDraft draft) {
        return signed(version, draft.toJson(), server, key);
    }

    public static Pdu signed(RoomVersion version, JsonObject draft, ServerName server, SigningKey key) {
        JsonObject json = EventSigning.hashAndSign(version, draft, server, key);
        return StoredPdus.of(version, EventHashes.eventId(version, json), json);
    }

    public List<EventId> authEvents(UserId sender) {
        List<EventId> ids = new ArrayList<>();
        if (!version.roomIdIsCreateHash()) {
            ids.add(state("m.room.create", "").eventId());
        }
        for (Pdu event : List.of(
                        Optional.ofNullable(state("m.room.join_rules", "")),
                        Optional.ofNullable(state("m.room.member", sender.toString())))
                .stream()
                .flatMap(Optional::stream)
                .toList()) {
            ids.add(event.eventId());
        }
        return ids;
    }

    public static JsonArray array(List<Pdu> events) {
        return JsonArray.of(events.stream().map(Pdu::json).toList());
    }

    public static JsonArray ids(List<Pdu> events) {
        return JsonArray.ofStrings(
                events.stream().map(event -> event.eventId().toString()).toList());
    }

    public static JsonObject content(String... pairs) {
        JsonObject.Builder content = JsonObject.builder();
        for (int i = 0; i < pairs.length; i += 2) {
            content.put(pairs[i], new JsonString(pairs[i + 1]));
        }
        return content.build();
    }

    private Pdu draft(String type, String stateKey, JsonObject content) {
        EventDraft.Builder draft = onTop(creator, type).content(content);
        return sign((stateKey == null ? draft : draft.stateKey(stateKey)).build());
    }
}
