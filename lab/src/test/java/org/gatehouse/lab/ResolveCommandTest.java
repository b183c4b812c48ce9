package org.gatehouse.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.gatehouse.matrix.canonicaljson.CanonicalJson;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.canonicaljson.JsonNull;
import org.gatehouse.matrix.canonicaljson.JsonNumber;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.JsonValue;
import org.gatehouse.matrix.canonicaljson.StrictJson;
import org.gatehouse.matrix.event.EventHashes;
import org.gatehouse.matrix.event.EventReferences;
import org.gatehouse.matrix.event.Redaction;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.roomversion.RoomVersion;
import org.gatehouse.matrix.roomversion.RoomVersions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResolveCommandTest {

    private static final String ALICE = "@alice:a.example";
    private static final String BOB = "@bob:b.example";

    /** A room whose events have the IDs that they compute to, and whose names here are others. */
    private static final class Room {

        final RoomVersion version;
        final JsonObject.Builder events = JsonObject.builder();
        final Map<String, EventId> ids = new TreeMap<>();
        private String roomId = "!r:a.example";

        Room(String version) {
            this.version = RoomVersions.require(version);
            add("create", "create", ALICE, "", "{\"room_version\":\"" + version + "\",\"creator\":\"" + ALICE + "\"}");
            if (this.version.roomIdIsCreateHash()) {
                roomId = "!" + ids.get("create").value().substring(1);
            }
            add("alice", "member", ALICE, ALICE, "{\"membership\":\"join\"}", "create");
            String levels = this.version.privilegedCreators() ? "" : "\"" + ALICE + "\":100,";
            add(
                    "power",
                    "power_levels",
                    ALICE,
                    "",
                    "{\"users\":{" + levels + "\"" + BOB + "\":50}}",
                    "create",
                    "alice");
            add("rules", "join_rules", ALICE, "", "{\"join_rule\":\"public\"}", "create", "alice", "power");
            add("bob", "member", BOB, BOB, "{\"membership\":\"join\"}", "create", "power", "rules");
            add("dogs", "topic", BOB, "", "{\"topic\":\"Dogs\"}", "create", "power", "bob");
            add("cats", "topic", ALICE, "", "{\"topic\":\"Cats\"}", "create", "power", "alice");
            add("ban", "member", ALICE, BOB, "{\"membership\":\"ban\"}", "create", "power", "alice", "bob");
        }

        final void add(String name, String type, String sender, String stateKey, String content, String... cited) {
            boolean makesRoom = version.roomIdIsCreateHash() && type.equals("create");
            List<EventId> authEvents = new ArrayList<>();
            for (String each : cited) {
                if (!version.roomIdIsCreateHash() || !each.equals("create")) {
                    authEvents.add(ids.get(each));
                }
            }
            JsonObject event = JsonObject.builder()
                    .put("auth_events", EventReferences.write(version, authEvents, Map.of()))
                    .put("prev_events", JsonArray.EMPTY)
                    .put("content", StrictJson.parseObject(content))
                    .put("depth", ids.size() + 1)
                    .put("event_id", "$" + name + ":a.example")
                    .put("origin_server_ts", ids.size() + 1)
                    .put("room_id", roomId)
                    .put("sender", sender)
                    .put("state_key", stateKey)
                    .put("type", "m.room." + type)
                    .build()
                    .without(makesRoom ? "room_id" : "")
                    .without(List.of("1", "2").contains(version.id()) ? "" : "event_id");
            add(name, EventHashes.withContentHash(event));
        }

        void add(String name, JsonObject event) {
            EventId id = EventHashes.eventId(version, event);
            ids.put(name, id);
            events.put(id.value(), event);
        }

        JsonArray state(String... names) {
            return JsonArray.ofStrings(
                    List.of(names).stream().map(name -> ids.get(name).value()).toList());
        }

        JsonObject request(JsonValue... states) {
            return JsonObject.builder()
                    .put("room_version", version.id())
                    .put("events", events.build())
                    .put("state_sets", JsonArray.of(states))
                    .build();
        }
    }

    private static LabRun resolve(JsonObject request, String... flags) {
        List<String> arguments = new ArrayList<>(List.of(flags));
        arguments.add(0, "resolve");
        return LabRun.of(CanonicalJson.writeString(request), arguments.toArray(String[]::new));
    }

    private static JsonObject fork(Room room) {
        return room.request(
                room.state("create", "alice", "power", "rules", "bob", "dogs"),
                room.state("ban", "cats", "rules", "power", "alice", "create"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "org.matrix.hydra.11"})
    void aBanWinsAndTheTopicOfTheBannedIsLost(String version) {
        Room room = new Room(version);

        JsonObject answer = resolve(fork(room)).answer();

        assertThat(answer.array("state")).contains(room.state("create", "rules", "alice", "ban", "power", "cats"));
    }

    @Test
    void version1TakesWhatIsDeeper() {
        Room room = new Room("1");

        JsonObject answer = resolve(fork(room)).answer();

        assertThat(answer.array("state")).contains(room.state("create", "rules", "alice", "ban", "power", "cats"));
    }

    @Test
    void aStateAloneIsTheAnswerSortedByTypeAndStateKey() {
        Room room = new Room("11");

        JsonObject request = room.request(room.state("dogs", "bob", "rules", "power", "alice", "create"));

        assertThat(resolve(request).answer().array("state"))
                .contains(room.state("create", "rules", "alice", "bob", "power", "dogs"));
        assertThat(resolve(room.request()).answer().array("state")).contains(JsonArray.EMPTY);
    }

    @Test
    void timesAreNumbers() {
        JsonObject answer = resolve(fork(new Room("12"))).answer();

        for (String time : List.of("cpu_ms", "build_cpu_ms")) {
            JsonNumber number = (JsonNumber) answer.get(time).orElseThrow();
            assertThat(Double.parseDouble(number.literal())).as(time).isPositive();
        }
    }

    @Test
    void tellsTheWayThere() {
        Room room = new Room("11");
        String dogs = room.ids.get("dogs").value();

        JsonObject answer = resolve(fork(room), "--explain").answer();

        assertThat(answer.array("power_order")).contains(room.state("bob", "ban"));
        assertThat(answer.array("mainline")).contains(room.state("power"));
        assertThat(answer.object("mainline_positions").orElseThrow().integer(dogs))
                .hasValue(0);
        JsonObject verdict = answer.array("verdicts").orElseThrow().values().stream()
                .map(value -> value.asObject().orElseThrow())
                .filter(each -> each.string("event_id").equals(Optional.of(dogs)))
                .findFirst()
                .orElseThrow();
        assertThat(verdict.bool("allowed")).contains(false);
        assertThat(verdict.string("rule")).contains("v11/5");
        assertThat(verdict.array("decided_by")).contains(room.state("ban"));
    }

    @Test
    void inVersion12TheMainlineStartsFromWhatIsInConflict() {
        Room room = new Room("12");

        JsonObject answer = resolve(fork(room), "--explain").answer();

        assertThat(answer.array("mainline")).contains(JsonArray.EMPTY);
        assertThat(answer.object("mainline_positions")
                        .orElseThrow()
                        .get(room.ids.get("dogs").value()))
                .contains(JsonNull.NULL);
    }

    @Test
    void aChangedEventIsAnErrorButARedactedOneIsNot() {
        Room room = new Room("11");
        String dogs = room.ids.get("dogs").value();
        JsonObject request = fork(room);
        JsonObject events = request.object("events").orElseThrow();
        JsonObject event = events.object(dogs).orElseThrow();
        JsonObject changed = event.with("content", JsonObject.EMPTY.with("topic", "Wolves"));

        assertThat(resolve(request.with("events", events.with(dogs, changed))).error())
                .contains(dogs + " has a wrong content hash");
        assertThat(resolve(request.with("events", events.with(dogs, Redaction.redact(room.version, event))))
                        .exitCode())
                .isZero();
        assertThat(resolve(request.with("events", events.with(dogs, changed)).with("trusted_ids", true))
                        .exitCode())
                .isZero();
        assertThat(resolve(request.with("events", events.with(dogs, event.with("depth", 99))))
                        .error())
                .contains("events: the event under " + dogs + " is $");
    }

    @Test
    void everyLineOfABatchIsAnsweredTheSame() {
        String line = CanonicalJson.writeString(fork(new Room("12")));

        LabRun run = LabRun.of((line + "\n").repeat(3), "resolve", "--batch");

        assertThat(run.exitCode()).isZero();
        assertThat(run.lines().stream()
                        .map(answer -> StrictJson.parseObject(answer).array("state"))
                        .distinct())
                .hasSize(1);
        assertThat(run.lines()).hasSize(3);
    }
}
