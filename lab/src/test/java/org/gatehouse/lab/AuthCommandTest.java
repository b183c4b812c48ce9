package org.gatehouse.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.gatehouse.matrix.canonicaljson.CanonicalJson;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.JsonValue;
import org.gatehouse.matrix.canonicaljson.StrictJson;
import org.gatehouse.matrix.event.EventHashes;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.roomversion.RoomVersion;
import org.gatehouse.matrix.roomversion.RoomVersions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthCommandTest {

    private static final String ALICE = "@alice:a.example";

    private static JsonObject event(String type, String roomId, String stateKey, String content) {
        return StrictJson.parseObject(
                        "{\"type\":\"m.room.%s\",\"state_key\":\"%s\",\"sender\":\"%s\",\"content\":%s,\"room_id\":\"%s\"}"
                                .formatted(type, stateKey, ALICE, content, roomId))
                .without(roomId.isEmpty() ? "room_id" : "");
    }

    private static JsonObject.Builder request(String version, JsonObject event, JsonValue... authEvents) {
        return JsonObject.builder()
                .put("room_version", version)
                .put("event", event)
                .put("auth_events", JsonArray.of(authEvents));
    }

    private static LabRun auth(JsonObject.Builder request) {
        return LabRun.of(CanonicalJson.writeString(request.build()), "auth");
    }

    private static EventId id(RoomVersion version, JsonObject event) {
        return EventHashes.eventId(version, event);
    }

    @ParameterizedTest
    @ValueSource(strings = {"3", "4", "5", "6", "7", "8", "9", "10", "11"})
    void anEventThatCitesNothingIsJudgedByWhatIsGiven(String version) {
        JsonObject create = event(
                "create", "!r:a.example", "", "{\"room_version\":\"" + version + "\",\"creator\":\"" + ALICE + "\"}");
        JsonObject join = event("member", "!r:a.example", ALICE, "{\"membership\":\"join\"}");
        JsonObject name = event("name", "!r:a.example", "", "{}");

        JsonObject allowed = auth(request(version, name, create, join)).answer();
        JsonObject denied = auth(request(version, name, create)).answer();

        assertThat(allowed.bool("allowed")).contains(true);
        assertThat(allowed.string("reason")).contains("");
        assertThat(denied.bool("allowed")).contains(false);
        assertThat(denied.string("rule").orElseThrow()).startsWith("v" + version + "/");
        assertThat(denied.string("reason")).contains("the sender is not in the room");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2"})
    void inVersions1And2EventsNameThemselvesAndCitePairs(String version) {
        JsonObject create = event("create", "!r:a.example", "", "{\"creator\":\"" + ALICE + "\"}")
                .with("event_id", "$create:a.example");
        JsonObject join = event("member", "!r:a.example", ALICE, "{\"membership\":\"join\"}")
                .with("event_id", "$join:a.example");
        JsonObject name = event("name", "!r:a.example", "", "{}").with("event_id", "$name:a.example");
        JsonArray cited = StrictJson.parse("[[\"$create:a.example\",{\"sha256\":\"a\"}],[\"$join:a.example\",{}]]"
                        .getBytes(StandardCharsets.UTF_8))
                .asArray()
                .orElseThrow();

        assertThat(auth(request(version, name, create, join)).answer().bool("allowed"))
                .contains(true);
        assertThat(auth(request(version, name.with("auth_events", cited), join, create))
                        .answer()
                        .bool("allowed"))
                .contains(true);
        assertThat(auth(request(version, name.with("auth_events", cited), create))
                        .error())
                .contains("$join:a.example is missing");
    }

    @Test
    void anEventThatCitesIsJudgedByThatAlone() {
        RoomVersion version = RoomVersions.V11;
        JsonObject create = event("create", "!r:a.example", "", "{\"room_version\":\"11\"}");
        JsonObject join = event("member", "!r:a.example", ALICE, "{\"membership\":\"join\"}");
        JsonObject name = event("name", "!r:a.example", "", "{}")
                .with(
                        "auth_events",
                        JsonArray.ofStrings(List.of(id(version, create).value())));

        assertThat(auth(request("11", name, create, join)).answer().bool("allowed"))
                .contains(false);
    }

    @Test
    void aRejectedAuthEventIsNamed() {
        JsonObject create = event("create", "!r:a.example", "", "{\"room_version\":\"11\"}");
        JsonObject join = event("member", "!r:a.example", ALICE, "{\"membership\":\"join\"}");
        JsonArray rejected =
                JsonArray.ofStrings(List.of(id(RoomVersions.V11, join).value()));

        JsonObject answer = auth(request("11", event("name", "!r:a.example", "", "{}"), create, join)
                        .put("rejected", rejected))
                .answer();

        assertThat(answer.bool("allowed")).contains(false);
        assertThat(answer.string("rule")).contains("v11/2.3");
    }

    @Test
    void inVersion12TheRoomIdImpliesTheCreateEvent() {
        JsonObject create = event("create", "", "", "{\"room_version\":\"12\"}");
        String room = "!" + id(RoomVersions.V12, create).value().substring(1);
        JsonObject join = event("member", room, ALICE, "{\"membership\":\"join\"}");
        JsonObject name = event("name", room, "", "{}");

        assertThat(auth(request("12", name, create, join)).answer().bool("allowed"))
                .contains(true);
        assertThat(auth(request("12", name, join)).answer().string("rule")).contains("v12/2");
    }
}
