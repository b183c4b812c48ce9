package org.gatehouse.testkit.shapes;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.gatehouse.matrix.authrule.AuthEventSelection;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.canonicaljson.JsonNumber;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.JsonString;
import org.gatehouse.matrix.canonicaljson.JsonValue;
import org.gatehouse.matrix.event.EventTypes;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.event.StateKey;
import org.gatehouse.matrix.event.StoredPdus;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.matrix.roomversion.CreatorRule;
import org.gatehouse.matrix.roomversion.EventIdFormat;
import org.gatehouse.matrix.roomversion.RoomVersion;
import org.gatehouse.matrix.stateres.StateMap;

/**
 * A room under construction: events are appended to a state, cite what they have to in it, and give the state after it.
 * Event IDs are drawn, not computed. Open to all, and made by {@link #ADMIN}.
 */
final class ShapeRoom {
    static final String ADMIN = "@admin:a.example";

    private final RoomVersion version;
    private final Random random;
    private final String roomId;
    private final List<Pdu> events = new ArrayList<>();
    private final EventId createId;
    private StateMap state = StateMap.EMPTY;
    private long clock = 1_700_000_000_000L;
    private EventId last;

    ShapeRoom(RoomVersion version, long seed) {
        this.version = version;
        this.random = new Random(seed);
        this.createId = newId();
        this.last = createId;
        this.roomId = version.roomIdIsCreateHash() ? "!" + createId.value().substring(1) : "!room:a.example";
        create();
        member(ADMIN, ADMIN, "join");
        powerLevels(ADMIN, List.of());
        append(ADMIN, EventTypes.JOIN_RULES, "", JsonObject.EMPTY.with("join_rule", "public"));
    }

    static String user(int number) {
        return "@user" + number + ":server" + number % 97 + ".example";
    }

    /** The state to which events are appended. */
    StateMap state() {
        return state;
    }

    /** Goes back to a state, as a server would that did not hear of what came after. */
    void at(StateMap earlier) {
        state = earlier;
    }

    Shape shape(String name, List<StateMap> states) {
        return new Shape(name, version, events, states);
    }

    /** A membership; a join by the same user again is a change of the display name. */
    Pdu member(String sender, String target, String membership) {
        JsonObject content = JsonObject.EMPTY.with("membership", membership);
        return append(
                sender,
                EventTypes.MEMBER,
                target,
                membership.equals("join") ? content.with("displayname", "name " + random.nextInt()) : content);
    }

    /** Levels in which these users are moderators. */
    Pdu powerLevels(String sender, List<String> moderators) {
        JsonObject.Builder users = JsonObject.builder();
        if (version.creatorRule() != CreatorRule.SENDER_AND_ADDITIONAL) {
            users.put(ADMIN, 100);
        }
        moderators.forEach(user -> users.put(user, 50));
        JsonObject content = JsonObject.EMPTY
                .with("users", users.build())
                .with("events", JsonObject.EMPTY.with(EventTypes.POWER_LEVELS, 50))
                .with("users_default", 0);
        return append(sender, EventTypes.POWER_LEVELS, "", content);
    }

    Pdu append(String sender, String type, String stateKey, JsonObject content) {
        return append(newId(), sender, type, stateKey, content);
    }

    /** A number below the bound. */
    int draw(int bound) {
        return random.nextInt(bound);
    }

    private void create() {
        JsonObject content = JsonObject.EMPTY.with("room_version", version.id());
        boolean needsCreator = version.creatorRule() == CreatorRule.CONTENT;
        append(createId, ADMIN, EventTypes.CREATE, "", needsCreator ? content.with("creator", ADMIN) : content);
    }

    private Pdu append(EventId id, String sender, String type, String stateKey, JsonObject content) {
        boolean isCreate = type.equals(EventTypes.CREATE);
        List<EventId> cited = new ArrayList<>();
        for (StateKey key :
                AuthEventSelection.keys(version, type, new UserId(sender), Optional.of(stateKey), content)) {
            state.get(key).ifPresent(cited::add);
        }
        JsonObject.Builder json = JsonObject.builder()
                .put("type", type)
                .put("sender", sender)
                .put("state_key", stateKey)
                .put("content", content)
                .put("depth", JsonNumber.of(events.size() + 1L))
                .put("origin_server_ts", JsonNumber.of(clock++))
                .put("prev_events", references(isCreate ? List.of() : List.of(last)))
                .put("auth_events", references(cited));
        if (!isCreate || !version.roomIdIsCreateHash()) {
            json.put("room_id", roomId);
        }
        if (version.eventIdFormat() == EventIdFormat.FIELD) {
            json.put("event_id", id.value());
        }
        Pdu event = StoredPdus.symbolic(version, id, json.build());
        events.add(event);
        last = id;
        state = state.with(event.stateSlot().orElseThrow(), id);
        return event;
    }

    private JsonArray references(List<EventId> ids) {
        boolean isPair = version.eventIdFormat() == EventIdFormat.FIELD;
        JsonValue[] references = new JsonValue[ids.size()];
        for (int i = 0; i < references.length; i++) {
            JsonString id = new JsonString(ids.get(i).value());
            references[i] = isPair ? JsonArray.of(id, JsonObject.EMPTY.with("sha256", "x")) : id;
        }
        return JsonArray.of(references);
    }

    /** As long, and as evenly spread, as a hash. */
    private EventId newId() {
        byte[] drawn = new byte[32];
        ByteBuffer bytes = ByteBuffer.wrap(drawn);
        while (bytes.hasRemaining()) {
            bytes.putLong(random.nextLong());
        }
        String name = Base64.getUrlEncoder().withoutPadding().encodeToString(drawn);
        return new EventId(version.eventIdFormat() == EventIdFormat.FIELD ? "$" + name + ":a.example" : "$" + name);
    }
}
