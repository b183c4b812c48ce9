package org.gatehouse.matrix.authrule;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.StrictJson;
import org.gatehouse.matrix.event.EventDraft;
import org.gatehouse.matrix.event.EventTypes;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.event.StateKey;
import org.gatehouse.matrix.event.StoredPdus;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.matrix.roomversion.CreatorRule;
import org.gatehouse.matrix.roomversion.EventIdFormat;
import org.gatehouse.matrix.roomversion.RoomVersion;
import org.gatehouse.matrix.stateres.AuthGraph;

/**
 * A room on paper: events with names for IDs and no signatures, for tests of the rules alone. It has one current state,
 * into which {@link Draft#put()} puts an event and from which auth events are chosen unless they are given.
 */
public final class TestRoom implements AuthGraph {
    public static final String ALICE = "@alice:a.example";
    public static final String BOB = "@bob:b.example";
    public static final String CHARLIE = "@charlie:c.example";
    public static final String DAN = "@dan:d.example";

    private final RoomVersion version;
    private final RoomId roomId;
    private final SortedMap<EventId, Pdu> events = new TreeMap<>();
    private final SortedSet<EventId> rejected = new TreeSet<>();
    private final SortedMap<StateKey, Pdu> state = new TreeMap<>();
    private long clock = 1_000;
    private int unnamed;

    public TestRoom(RoomVersion version) {
        this(version, "room");
    }

    public TestRoom(RoomVersion version, String name) {
        this.version = version;
        this.roomId = new RoomId(version.roomIdIsCreateHash() ? "!" + hashLike(name) : "!" + name + ":a.example");
    }

    /** A room that Alice made and joined, with her as its only power, open to all. */
    public static TestRoom publicRoom(RoomVersion version) {
        TestRoom room = new TestRoom(version);
        room.putCreate("{}");
        room.member(ALICE, ALICE, "join").put();
        room.powerLevels(ALICE, version.privilegedCreators() ? "{}" : "{'users':{'" + ALICE + "':100}}")
                .put();
        room.joinRule(ALICE, "public").put();
        return room;
    }

    public RoomVersion version() {
        return version;
    }

    public RoomId roomId() {
        return roomId;
    }

    /** JSON with single quotes for double ones. */
    public static JsonObject json(String text) {
        return StrictJson.parseObject(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    public Pdu putCreate(String content) {
        return create(content).put();
    }

    public Draft create(String content) {
        JsonObject full = json(content).with("room_version", version.id());
        boolean needsCreator = version.creatorRule() == CreatorRule.CONTENT;
        Draft draft = draft(ALICE, EventTypes.CREATE)
                .key("")
                .content(needsCreator ? full.with("creator", ALICE) : full)
                .prev()
                .auth();
        return version.roomIdIsCreateHash() ? draft.id("$" + roomId.value().substring(1)) : draft.id("$create");
    }

    public Draft member(String sender, String target, String membership) {
        return draft(sender, EventTypes.MEMBER).key(target).content("{'membership':'" + membership + "'}");
    }

    public Draft powerLevels(String sender, String content) {
        return draft(sender, EventTypes.POWER_LEVELS).key("").content(content);
    }

    public Draft joinRule(String sender, String rule) {
        return draft(sender, EventTypes.JOIN_RULES).key("").content("{'join_rule':'" + rule + "'}");
    }

    public Draft topic(String sender, String topic) {
        return draft(sender, "m.room.topic").key("").content("{'topic':'" + topic + "'}");
    }

    public Draft message(String sender) {
        return draft(sender, "m.room.message").content("{'body':'hello'}");
    }

    public Draft draft(String sender, String type) {
        return new Draft(sender, type);
    }

    public Optional<Pdu> current(StateKey key) {
        return Optional.ofNullable(state.get(key));
    }

    public SortedMap<StateKey, Pdu> currentState() {
        return Collections.unmodifiableSortedMap(state);
    }

    public void remove(StateKey key) {
        state.remove(key);
    }

    public void reject(Pdu event) {
        rejected.add(event.eventId());
    }

    public AuthVerdict check(Draft draft) {
        return AuthRules.check(draft.build(), this::current);
    }

    public AuthVerdict checkAgainstAuthEvents(Draft draft) {
        return AuthRules.checkAgainstAuthEvents(
                draft.build(),
                id -> Optional.ofNullable(events.get(id)).map(pdu -> new AuthEvent(pdu, rejected.contains(id))));
    }

    @Override
    public Pdu event(EventId id) {
        Pdu event = events.get(id);
        if (event == null) {
            throw new MissingAuthEvent(id);
        }
        return event;
    }

    @Override
    public boolean isRejected(EventId id) {
        return rejected.contains(id);
    }

    /** Makes an event of another room known to this one. */
    public void learn(Pdu event) {
        events.put(event.eventId(), event);
    }

    public Pdu named(String id) {
        return event(new EventId(id));
    }

    public void forget(Pdu event) {
        events.remove(event.eventId());
    }

    private static String hashLike(String name) {
        return name + "-".repeat(43 - name.length());
    }

    /** An event in the making. */
    public final class Draft {
        private final String sender;
        private final String type;
        private String id = "$event" + unnamed++;
        private Optional<String> key = Optional.empty();
        private JsonObject content = JsonObject.EMPTY;
        private Optional<List<Pdu>> auth = Optional.empty();
        private List<EventId> prev = List.of(new EventId("$someParent"));
        private long ts = clock++;
        private long depth = 1;
        private final List<String> signers = new ArrayList<>();
        private JsonObject extra = JsonObject.EMPTY;

        private Optional<EventId> redacts = Optional.empty();

        private Draft(String sender, String type) {
            this.sender = sender;
            this.type = type;
        }

        public Draft id(String name) {
            id = name.startsWith("$") ? name : "$" + name;
            return this;
        }

        public Draft key(String stateKey) {
            key = Optional.of(stateKey);
            return this;
        }

        public Draft withoutKey() {
            key = Optional.empty();
            return this;
        }

        public Draft content(String text) {
            return content(json(text));
        }

        public Draft content(JsonObject object) {
            content = object;
            return this;
        }

        public Draft ts(long millis) {
            ts = millis;
            return this;
        }

        public Draft depth(long value) {
            depth = value;
            return this;
        }

        public Draft prev(Pdu... parents) {
            prev = Arrays.stream(parents).map(Pdu::eventId).toList();
            return this;
        }

        public Draft auth(Pdu... authEvents) {
            auth = Optional.of(List.of(authEvents));
            return this;
        }

        public Draft signedBy(String server) {
            signers.add(server);
            return this;
        }

        /** A field of the event itself. */
        public Draft field(String name, String value) {
            extra = extra.with(name, value);
            return this;
        }

        public Draft redacts(Pdu target) {
            redacts = Optional.of(target.eventId());
            return this;
        }

        public String sender() {
            return sender;
        }

        public Optional<String> key() {
            return key;
        }

        public JsonObject content() {
            return content;
        }

        /** Makes the event known to the room, but not part of its current state. */
        public Pdu add() {
            Pdu event = build();
            events.put(event.eventId(), event);
            return event;
        }

        /** Makes the event known and current. */
        public Pdu put() {
            Pdu event = add();
            state.put(event.stateSlot().orElseThrow(), event);
            return event;
        }

        public Pdu build() {
            boolean makesRoom = version.roomIdIsCreateHash() && type.equals(EventTypes.CREATE);
            EventDraft.Builder draft = EventDraft.builder(version, new UserId(sender), type)
                    .content(content)
                    .prevEvents(prev)
                    .authEvents(authIds())
                    .depth(depth)
                    .originServerTs(ts);
            key.ifPresent(draft::stateKey);
            redacts.ifPresent(draft::redacts);
            if (version.eventIdFormat() == EventIdFormat.FIELD) {
                draft.eventId(eventId());
            }
            if (!makesRoom) {
                draft.roomId(roomId);
            }
            JsonObject json = draft.build().toJson();
            JsonObject signatures = JsonObject.EMPTY;
            for (String signer : signers) {
                signatures = signatures.with(signer, json("{'ed25519:1':'c2lnbmF0dXJl'}"));
            }
            json = json.with("signatures", signatures);
            for (String name : extra.names()) {
                json = json.with(name, extra.string(name).orElseThrow());
            }
            return StoredPdus.of(version, eventId(), json);
        }

        /** Versions 1 and 2 want a server in it, that of the sender. */
        private EventId eventId() {
            boolean needsServer = version.eventIdFormat() == EventIdFormat.FIELD && id.indexOf(':') < 0;
            return new EventId(needsServer ? id + sender.substring(sender.indexOf(':')) : id);
        }

        private List<EventId> authIds() {
            if (auth.isPresent()) {
                return auth.get().stream().map(Pdu::eventId).toList();
            }
            return AuthEventSelection.keys(version, type, new UserId(sender), key, content).stream()
                    .flatMap(slot -> current(slot).stream())
                    .map(Pdu::eventId)
                    .toList();
        }
    }
}
