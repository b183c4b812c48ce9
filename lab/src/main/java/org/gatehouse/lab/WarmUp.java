package org.gatehouse.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.gatehouse.matrix.canonicaljson.CanonicalJson;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.event.EventReferences;
import org.gatehouse.matrix.event.EventTypes;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.roomversion.RoomVersion;

/** A made-up fork for the JVM to compile the resolution on, before a time is taken. Nothing of it is kept. */
final class WarmUp {

    private static final int MEMBERS = 1000;
    private static final int CONFLICTS = 300;
    private static final String ADMIN = "@admin:example.org";

    private final RoomVersion version;
    private final JsonObject.Builder events = JsonObject.builder();
    private final List<String> left = new ArrayList<>();
    private final List<String> right = new ArrayList<>();
    private final List<EventId> cited = new ArrayList<>();
    private int time;

    private WarmUp(RoomVersion version) {
        this.version = version;
    }

    /** A request to resolve two states of a room of this version, which differ in power levels, members and topics. */
    static Request request(RoomVersion version) {
        WarmUp room = new WarmUp(version);
        room.write();
        return Request.parse(CanonicalJson.write(JsonObject.builder()
                .put("room_version", version.id())
                .put("trusted_ids", true)
                .put("events", room.events.build())
                .put("state_sets", JsonArray.of(JsonArray.ofStrings(room.left), JsonArray.ofStrings(room.right)))
                .build()));
    }

    private void write() {
        agreed("create", EventTypes.CREATE, ADMIN, "", JsonObject.EMPTY.with("creator", ADMIN));
        if (!version.roomIdIsCreateHash()) {
            cited.add(new EventId("$create"));
        }
        agreed("admin", EventTypes.MEMBER, ADMIN, ADMIN, membership("join"));
        cited.add(new EventId("$admin"));
        agreed("power", EventTypes.POWER_LEVELS, ADMIN, "", JsonObject.EMPTY.with("users_default", 50));
        cited.add(new EventId("$power"));
        agreed("rules", EventTypes.JOIN_RULES, ADMIN, "", JsonObject.EMPTY.with("join_rule", "public"));
        cited.add(new EventId("$rules"));
        for (int i = 0; i < MEMBERS; i++) {
            String user = "@user" + i + ":example.org";
            agreed("member" + i, EventTypes.MEMBER, user, user, membership("join"));
        }
        for (int i = 0; i < CONFLICTS; i++) {
            String user = "@other" + i + ":example.org";
            one(left, "join" + i, EventTypes.MEMBER, user, user, membership("join"));
            one(right, "ban" + i, EventTypes.MEMBER, ADMIN, user, membership("ban"));
            one(left, "left" + i, "org.example.note", ADMIN, "note" + i, JsonObject.EMPTY);
            one(right, "right" + i, "org.example.note", ADMIN, "note" + i, JsonObject.EMPTY);
        }
    }

    private void agreed(String name, String type, String sender, String stateKey, JsonObject content) {
        one(left, name, type, sender, stateKey, content);
        right.add("$" + name);
    }

    private void one(List<String> state, String name, String type, String sender, String stateKey, JsonObject content) {
        JsonObject.Builder event = JsonObject.builder()
                .put("auth_events", EventReferences.write(version, cited, Map.of()))
                .put("content", content)
                .put("origin_server_ts", ++time)
                .put("sender", sender)
                .put("state_key", stateKey)
                .put("type", type);
        if (!version.roomIdIsCreateHash()) {
            event.put("room_id", "!room:example.org");
        } else if (!type.equals(EventTypes.CREATE)) {
            event.put("room_id", "!create");
        }
        events.put("$" + name, event.build());
        state.add("$" + name);
    }

    private static JsonObject membership(String value) {
        return JsonObject.EMPTY.with("membership", value);
    }
}
