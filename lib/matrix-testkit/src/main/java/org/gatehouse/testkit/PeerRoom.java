package org.gatehouse.testkit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.gatehouse.matrix.authrule.AuthEventSelection;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.JsonString;
import org.gatehouse.matrix.canonicaljson.JsonValue;
import org.gatehouse.matrix.event.EventDraft;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.event.StateKey;
import org.gatehouse.matrix.event.StoredPdus;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.matrix.roomversion.RoomVersion;

/**
 * One peer's view of a room: the events it knows, its heads, and its state, which it overwrites event by event (it does
 * not resolve forks). Enough to build events that real servers accept.
 */
public final class PeerRoom {

    private final PeerIdentity peer;
    private final RoomVersion version;
    private final Map<EventId, Pdu> events = new LinkedHashMap<>();
    private final Map<StateKey, Pdu> state = new TreeMap<>();
    private List<EventId> heads = new ArrayList<>();
    private RoomId roomId;
    private long depth;
    private long clock = 1_700_000_000_000L;

    private PeerRoom(PeerIdentity peer, RoomVersion version, RoomId roomId) {
        this.peer = peer;
        this.version = version;
        this.roomId = roomId;
    }

    /** A new room of the peer: create, the creator's join, power levels, public join rules. */
    public static PeerRoom create(PeerIdentity peer, RoomVersion version, String creator) {
        UserId user = peer.user(creator);
        RoomId provisional = new RoomId("!" + creator + "-" + version.id() + ":" + peer.name());
        PeerRoom room = new PeerRoom(peer, version, provisional);
        JsonObject content = JsonObject.EMPTY.with("room_version", version.id());
        Pdu create = room.state(user, "m.room.create", "", content);
        room.roomId = create.roomId();
        room.state(user, "m.room.member", user.toString(), JsonObject.EMPTY.with("membership", "join"));
        JsonObject users =
                version.privilegedCreators() ? JsonObject.EMPTY : JsonObject.EMPTY.with(user.toString(), 100);
        room.state(user, "m.room.power_levels", "", JsonObject.EMPTY.with("users", users));
        room.state(user, "m.room.join_rules", "", JsonObject.EMPTY.with("join_rule", "public"));
        return room;
    }

    /**
     * The room after the peer's user joined through another server.
     *
     * @param answer of send_join
     * @param join the peer's own join
     */
    public static PeerRoom joined(PeerIdentity peer, RoomVersion version, JsonObject answer, Pdu join) {
        PeerRoom room = new PeerRoom(peer, version, join.roomId());
        for (String part : List.of("auth_chain", "state")) {
            for (JsonValue value : answer.array(part).orElseThrow().values()) {
                Pdu pdu = StoredPdus.of(version, (JsonObject) value);
                room.events.put(pdu.eventId(), pdu);
                if (part.equals("state")) {
                    room.state.put(pdu.stateSlot().orElseThrow(), pdu);
                }
            }
        }
        room.apply(join);
        return room;
    }

    /** Builds and applies a message on top of the heads. */
    public Pdu message(UserId sender, String body) {
        return apply(draft(sender, "m.room.message", Optional.empty(), text(body), heads));
    }

    /** Builds and applies a state event on top of the heads. */
    public Pdu state(UserId sender, String type, String stateKey, JsonObject content) {
        return apply(draft(sender, type, Optional.of(stateKey), content, heads));
    }

    /** Builds an event on parents of choice, and keeps it to itself: see {@link #apply}. */
    public Pdu draft(UserId sender, String type, Optional<String> stateKey, JsonObject content, List<EventId> parents) {
        EventDraft.Builder draft = EventDraft.builder(version, sender, type)
                .content(content)
                .prevEvents(parents)
                .authEvents(authEvents(sender, type, stateKey, content))
                .depth(depthOn(parents))
                .originServerTs(clock++);
        stateKey.ifPresent(draft::stateKey);
        if (!(version.roomIdIsCreateHash() && type.equals("m.room.create"))) {
            draft.roomId(roomId);
        }
        return peer.sign(draft.build());
    }

    /** Takes an event, own or received: it becomes a head instead of its parents, and a part of the state. */
    public Pdu apply(Pdu pdu) {
        events.put(pdu.eventId(), pdu);
        List<EventId> left = new ArrayList<>(heads);
        left.removeAll(pdu.prevEvents());
        left.add(pdu.eventId());
        heads = left;
        depth = Math.max(depth, pdu.depth());
        pdu.stateSlot().ifPresent(slot -> state.put(slot, pdu));
        return pdu;
    }

    public RoomId roomId() {
        return roomId;
    }

    public RoomVersion version() {
        return version;
    }

    public List<EventId> heads() {
        return List.copyOf(heads);
    }

    public Optional<Pdu> event(EventId id) {
        return Optional.ofNullable(events.get(id));
    }

    /** The peer's state, in the order of its keys. */
    public List<Pdu> currentState() {
        return List.copyOf(state.values());
    }

    /** Every event the peer knows, in the order in which it came to know them. */
    public List<Pdu> allEvents() {
        return List.copyOf(events.values());
    }

    private List<EventId> authEvents(UserId sender, String type, Optional<String> stateKey, JsonObject content) {
        return AuthEventSelection.keys(version, type, sender, stateKey, content).stream()
                .map(state::get)
                .filter(Objects::nonNull)
                .map(Pdu::eventId)
                .toList();
    }

    private long depthOn(List<EventId> parents) {
        long highest = 0;
        for (EventId parent : parents) {
            highest = Math.max(highest, event(parent).map(Pdu::depth).orElse(depth));
        }
        return highest + 1;
    }

    private static JsonObject text(String body) {
        return JsonObject.of("msgtype", new JsonString("m.text"), "body", new JsonString(body));
    }
}
