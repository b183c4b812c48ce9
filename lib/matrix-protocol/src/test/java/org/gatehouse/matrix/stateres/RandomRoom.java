package org.gatehouse.matrix.stateres;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.gatehouse.matrix.authrule.AuthEventSelection;
import org.gatehouse.matrix.authrule.MissingAuthEvent;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.canonicaljson.JsonNumber;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.JsonString;
import org.gatehouse.matrix.canonicaljson.JsonValue;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.event.StateKey;
import org.gatehouse.matrix.event.StoredPdus;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.matrix.roomversion.EventIdFormat;
import org.gatehouse.matrix.roomversion.RoomVersion;
import org.jspecify.annotations.Nullable;

/**
 * A room whose servers talk past each other: a random graph of events with the states after them, from a seed. Some
 * events are rejected for the state before them, some of them cited all the same, and times and depths tie often.
 */
final class RandomRoom implements AuthGraph {
    static final String ALICE = "@alice:a.example";

    private static final List<String> USERS =
            List.of(ALICE, "@bob:b.example", "@charlie:c.example", "@dan:d.example", "@erin:e.example");
    private static final List<String> MEMBERSHIPS = List.of("join", "join", "join", "leave", "invite", "ban", "knock");
    private static final List<String> JOIN_RULES =
            List.of("public", "public", "invite", "knock", "restricted", "knock_restricted");
    private static final List<Integer> LEVELS = List.of(0, 50, 100);

    final List<Pdu> events = new ArrayList<>();
    final List<Map<StateKey, EventId>> statesAfter = new ArrayList<>();
    private final RoomVersion version;
    private final Random random;
    private final Oracle oracle;
    private final Map<EventId, Pdu> byId = new TreeMap<>();
    private final TreeSet<EventId> rejected = new TreeSet<>();
    private final String roomId;

    RandomRoom(RoomVersion version, long seed, int size) {
        this.version = version;
        this.random = new Random(seed);
        this.roomId = version.roomIdIsCreateHash() ? "!create" + "-".repeat(37) : "!room:a.example";
        this.oracle = oracle();
        create();
        append(member(ALICE, ALICE, "join"), List.of(0), statesAfter.get(0));
        appendToLast(powerLevels(ALICE, true));
        appendToLast(draft(ALICE, "m.room.join_rules", "", JsonObject.EMPTY.with("join_rule", "public")));
        for (String user : USERS.subList(1, 4)) {
            appendToLast(member(user, user, "join"));
        }
        while (events.size() < size) {
            appendSomewhere();
        }
        rejectSomeLate();
    }

    /** Outliers are accepted by their auth events, cited, and rejected when their place is known. */
    private void rejectSomeLate() {
        for (Pdu event : events.subList(7, events.size())) {
            if (random.nextInt(10) == 0) {
                rejected.add(event.eventId());
            }
        }
    }

    Oracle oracle(Fault... faults) {
        return new Oracle(version.id(), this::event, this::isRejected, faults);
    }

    @Override
    public Pdu event(EventId id) {
        Pdu event = byId.get(id);
        if (event == null) {
            throw new MissingAuthEvent(id);
        }
        return event;
    }

    @Override
    public boolean isRejected(EventId id) {
        return rejected.contains(id);
    }

    RoomAuthGraph graph() {
        RoomAuthGraph graph = RoomAuthGraph.of(version);
        events.forEach(event -> graph.add(event, isRejected(event.eventId())));
        return graph;
    }

    /** The states after some of the events. */
    List<Map<StateKey, EventId>> someStates(int count) {
        List<Map<StateKey, EventId>> some = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            some.add(statesAfter.get(random.nextInt(statesAfter.size())));
        }
        return some;
    }

    Random random() {
        return random;
    }

    static StateMap map(Map<StateKey, EventId> state) {
        StateMap map = StateMap.EMPTY;
        for (Map.Entry<StateKey, EventId> entry : state.entrySet()) {
            map = map.with(entry.getKey(), entry.getValue());
        }
        return map;
    }

    private void create() {
        JsonObject content = JsonObject.EMPTY.with("room_version", version.id());
        if (OracleRules.number(version.id()) <= 10) {
            content = content.with("creator", ALICE);
        }
        if (version.roomIdIsCreateHash() && random.nextInt(4) == 0) {
            content = content.with("additional_creators", JsonArray.ofStrings(List.of(USERS.get(1))));
        }
        JsonObject json = draft(ALICE, "m.room.create", "", content);
        if (version.roomIdIsCreateHash()) {
            json = json.without("room_id");
        }
        Pdu create =
                pdu("$" + (version.roomIdIsCreateHash() ? roomId.substring(1) : "create"), json, List.of(), List.of());
        remember(create, new TreeMap<>(Map.of(new StateKey("m.room.create", ""), create.eventId())));
    }

    private void appendToLast(JsonObject draft) {
        int last = events.size() - 1;
        append(draft, List.of(last), statesAfter.get(last));
    }

    private void appendSomewhere() {
        List<Integer> parents = parents();
        Map<StateKey, EventId> before =
                oracle.resolve(parents.stream().map(statesAfter::get).toList());
        boolean citesElsewhere = random.nextInt(6) == 0;
        append(anything(before), parents, citesElsewhere ? statesAfter.get(random.nextInt(events.size())) : before);
    }

    /** Mostly near the end, sometimes a fork from long ago. */
    private List<Integer> parents() {
        List<Integer> parents = new ArrayList<>();
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            int back =
                    random.nextInt(4) == 0 ? random.nextInt(events.size()) : random.nextInt(Math.min(6, events.size()));
            int parent = events.size() - 1 - back;
            if (!parents.contains(parent)) {
                parents.add(parent);
            }
        }
        return parents;
    }

    /** Appends an event after these, which cites what it has to from the state before it. */
    void append(JsonObject draft, List<Integer> parents) {
        append(
                draft,
                parents,
                oracle.resolve(parents.stream().map(statesAfter::get).toList()));
    }

    /** As if the event had never been. */
    void removeLast() {
        int last = events.size() - 1;
        EventId id = events.remove(last).eventId();
        statesAfter.remove(last);
        byId.remove(id);
        rejected.remove(id);
    }

    private void append(JsonObject draft, List<Integer> parents, Map<StateKey, EventId> cited) {
        Map<StateKey, EventId> before =
                oracle.resolve(parents.stream().map(statesAfter::get).toList());
        List<Pdu> authEvents = new ArrayList<>();
        for (StateKey key : AuthEventSelection.keys(
                version,
                draft.string("type").orElseThrow(),
                new UserId(draft.string("sender").orElseThrow()),
                draft.string("state_key"),
                draft.object("content").orElseThrow())) {
            if (cited.containsKey(key)) {
                authEvents.add(event(cited.get(key)));
            }
        }
        Collections.shuffle(authEvents, random);
        String id = "$" + Long.toString(Math.abs(random.nextLong()), 36);
        Pdu event = pdu(id, draft, parents.stream().map(events::get).toList(), authEvents);
        boolean byAuthEvents = authEvents.stream().noneMatch(authEvent -> isRejected(authEvent.eventId()))
                && OracleRules.allows(event, key -> authEvent(event, key));
        boolean byState = OracleRules.allows(event, key -> before.containsKey(key) ? event(before.get(key)) : null);
        Map<StateKey, EventId> after = new TreeMap<>(before);
        if (byAuthEvents && byState) {
            after.put(event.stateSlot().orElseThrow(), event.eventId());
        } else {
            rejected.add(event.eventId());
            // A lying server may list a rejected event in a state all the same.
            if (random.nextInt(8) == 0) {
                after.put(event.stateSlot().orElseThrow(), event.eventId());
            }
        }
        remember(event, after);
    }

    private @Nullable Pdu authEvent(Pdu event, StateKey key) {
        for (EventId id : event.effectiveAuthEvents()) {
            if (event(id).stateSlot().orElseThrow().equals(key)) {
                return event(id);
            }
        }
        return null;
    }

    private void remember(Pdu event, Map<StateKey, EventId> after) {
        byId.put(event.eventId(), event);
        events.add(event);
        statesAfter.add(after);
    }

    JsonObject draft(String sender, String type, String stateKey, JsonObject content) {
        return JsonObject.EMPTY
                .with("room_id", roomId)
                .with("sender", sender)
                .with("type", type)
                .with("state_key", stateKey)
                .with("content", content)
                .with("origin_server_ts", random.nextInt(12));
    }

    private Pdu pdu(String id, JsonObject draft, List<Pdu> parents, List<Pdu> authEvents) {
        long depth = 1 + parents.stream().mapToLong(Pdu::depth).max().orElse(0);
        JsonObject json = draft.with("depth", random.nextInt(5) == 0 ? random.nextInt(8) : depth)
                .with("prev_events", references(parents))
                .with("auth_events", references(authEvents));
        if (version.eventIdFormat() == EventIdFormat.FIELD) {
            json = json.with("event_id", id);
        }
        return StoredPdus.of(version, new EventId(id), json);
    }

    private JsonArray references(List<Pdu> cited) {
        List<JsonValue> references = new ArrayList<>();
        for (Pdu event : cited) {
            JsonString id = new JsonString(event.eventId().value());
            boolean isPair = version.eventIdFormat() == EventIdFormat.FIELD;
            references.add(isPair ? JsonArray.of(id, JsonObject.EMPTY.with("sha256", "x")) : id);
        }
        return JsonArray.of(references.toArray(JsonValue[]::new));
    }

    /** Something that has a fair chance to be allowed in this state. */
    private JsonObject anything(Map<StateKey, EventId> state) {
        String sender = USERS.get(random.nextInt(USERS.size()));
        for (int i = 0; i < 3 && !isIn(sender, state); i++) {
            sender = USERS.get(random.nextInt(USERS.size()));
        }
        return switch (random.nextInt(9)) {
            case 0, 1 -> powerLevels(sender, false);
            case 2 ->
                draft(
                        sender,
                        "m.room.join_rules",
                        "",
                        JsonObject.EMPTY.with("join_rule", JOIN_RULES.get(random.nextInt(JOIN_RULES.size()))));
            case 3 -> draft(sender, "m.room.topic", "", JsonObject.EMPTY.with("topic", "topic " + random.nextInt()));
            case 4 ->
                random.nextBoolean()
                        ? draft(sender, "org.example.own", sender, JsonObject.EMPTY)
                        : draft(sender, "m.room.aliases", domain(USERS.get(random.nextInt(2))), JsonObject.EMPTY);
            default -> member(sender);
        };
    }

    private JsonObject member(String sender) {
        String membership = MEMBERSHIPS.get(random.nextInt(MEMBERSHIPS.size()));
        boolean ofOneself = membership.equals("join") || membership.equals("knock") || random.nextInt(3) == 0;
        return member(sender, ofOneself ? sender : USERS.get(random.nextInt(USERS.size())), membership);
    }

    private JsonObject member(String sender, String target, String membership) {
        JsonObject content = JsonObject.EMPTY.with("membership", membership);
        if (!membership.equals("join") || events.size() < 7 || random.nextInt(3) > 0) {
            return draft(sender, "m.room.member", target, content);
        }
        String authoriser = USERS.get(random.nextInt(3));
        JsonObject join =
                draft(sender, "m.room.member", target, content.with("join_authorised_via_users_server", authoriser));
        JsonObject signature = JsonObject.EMPTY.with("ed25519:1", "c2lnbmF0dXJl");
        return random.nextInt(5) == 0
                ? join
                : join.with("signatures", JsonObject.EMPTY.with(domain(authoriser), signature));
    }

    private boolean isIn(String user, Map<StateKey, EventId> state) {
        EventId member = state.get(new StateKey("m.room.member", user));
        return member != null
                && event(member).content().string("membership").orElseThrow().equals("join");
    }

    private JsonObject powerLevels(String sender, boolean first) {
        JsonObject users = JsonObject.EMPTY;
        if (!version.privilegedCreators()) {
            users = users.with(ALICE, level(100));
        }
        boolean namesCreators = !first && random.nextInt(10) == 0;
        for (String user : USERS.subList(1, USERS.size())) {
            int level = first
                    ? LEVELS.get(random.nextInt(2))
                    : List.of(0, 50, 50, 100).get(random.nextInt(4));
            if (level > 0 && (namesCreators || !isAdditionalCreator(user))) {
                users = users.with(user, level(level));
            }
        }
        JsonObject content = JsonObject.EMPTY.with("users", users);
        content = switch (random.nextInt(8)) {
            case 0 -> content.with("state_default", level(LEVELS.get(random.nextInt(3))));
            case 1 -> content.with("ban", level(LEVELS.get(random.nextInt(3))));
            case 2 -> content.with("events", JsonObject.EMPTY.with("m.room.topic", level(random.nextInt(60))));
            case 3 -> content.with("invite", level(LEVELS.get(random.nextInt(3))));
            case 4 -> content.with("notifications", JsonObject.EMPTY.with("room", level(random.nextInt(110))));
            default -> content;
        };
        return draft(sender, "m.room.power_levels", "", content);
    }

    private boolean isAdditionalCreator(String user) {
        return events.get(0)
                .content()
                .array("additional_creators")
                .filter(creators -> creators.strings().contains(user))
                .isPresent();
    }

    /** Now and then in a string, as old rooms have it and new ones must refuse. */
    private JsonValue level(long level) {
        boolean isString = random.nextInt(version.id().length() > 1 ? 40 : 6) == 0;
        return isString ? new JsonString(level == 0 ? "0" : " +0" + level + " ") : JsonNumber.of(level);
    }

    private static String domain(String user) {
        return user.substring(user.indexOf(':') + 1);
    }
}
