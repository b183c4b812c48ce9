package org.gatehouse.egress.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gatehouse.egress.membership.MembershipTemplate.Wish;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.canonicaljson.JsonNumber;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.JsonString;
import org.gatehouse.matrix.canonicaljson.StrictJson;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.identifier.UserId;
import org.junit.jupiter.api.Test;

/** Row N10 of the hostile input list: what a resident server may not make of our wish to join. */
class MembershipTemplateTest {

    private static final UserId USER = new UserId("@u:ours.example");
    private static final Wish WISH = new Wish(
            new ServerName("remote.example"),
            new ServerName("ours.example"),
            new RoomId("!r:remote.example"),
            USER,
            "join",
            List.of("10", "11", "12"));

    @Test
    void handsOnWhereTheEventGoesAndNothingElse() {
        JsonObject answer = answer(event().with("origin", "x")
                .with("origin_server_ts", 5)
                .with("event_id", "$x")
                .with("unsigned", JsonObject.of("age", new JsonNumber("1")))
                .with("hashes", JsonObject.EMPTY));

        JsonObject read = MembershipTemplate.read(WISH, answer);

        assertThat(read.string("room_version")).contains("11");
        assertThat(read.object("event").orElseThrow()).isEqualTo(event());
    }

    @Test
    void handsOnTheIdsAloneOfTheReferencesOfVersion1() {
        Wish wish = new Wish(WISH.destination(), WISH.origin(), WISH.roomId(), USER, "join", List.of("1", "2", "11"));
        JsonArray pairs =
                JsonArray.of(JsonArray.of(new JsonString("$a:x"), JsonObject.of("sha256", new JsonString("h"))));
        JsonObject event = event().with("prev_events", pairs).with("auth_events", pairs);

        JsonObject read = MembershipTemplate.read(wish, answer(event).without("room_version"));

        assertThat(read.string("room_version")).contains("1");
        assertThat(read.object("event").flatMap(each -> each.array("prev_events")))
                .contains(JsonArray.ofStrings(List.of("$a:x")));
        assertThatThrownBy(() -> MembershipTemplate.read(wish, answer(event))).isInstanceOf(HostileAnswer.class);
    }

    @Test
    void handsOnTheAuthoriserOfARestrictedJoin() {
        JsonObject content = content("join").with("join_authorised_via_users_server", "@admin:remote.example");

        JsonObject read = MembershipTemplate.read(WISH, answer(event().with("content", content)));

        assertThat(read.object("event").flatMap(event -> event.object("content")))
                .contains(content);
    }

    @Test
    void dropsWhatDescribesTheUser() {
        JsonObject content = content("join").with("displayname", "Mallory").with("reason", "x");

        JsonObject read = MembershipTemplate.read(WISH, answer(event().with("content", content)));

        assertThat(read.object("event").flatMap(event -> event.object("content")))
                .contains(content("join"));
    }

    @Test
    void refusesForgeries() {
        forgeries()
                .forEach((name, answer) -> assertThatThrownBy(() -> MembershipTemplate.read(WISH, answer))
                        .as(name)
                        .isInstanceOf(HostileAnswer.class));
    }

    @Test
    void refusesAnAuthoriserWhereThereIsNothingToAuthorise() {
        Wish leave = new Wish(WISH.destination(), WISH.origin(), WISH.roomId(), USER, "leave", List.of());
        JsonObject content = content("leave").with("join_authorised_via_users_server", "@admin:remote.example");

        assertThatThrownBy(() -> MembershipTemplate.read(leave, answer(event().with("content", content))))
                .isInstanceOf(HostileAnswer.class);
        assertThat(MembershipTemplate.read(leave, answer(event().with("content", content("leave")))))
                .isNotNull();
    }

    private static Map<String, JsonObject> forgeries() {
        Map<String, JsonObject> forgeries = new LinkedHashMap<>();
        for (String type : List.of("m.room.power_levels", "m.room.create", "m.room.message", "m.room.join_rules")) {
            forgeries.put("type " + type, answer(event().with("type", type)));
        }
        forgeries.put("no type", answer(event().without("type")));
        forgeries.put("sender", answer(event().with("sender", "@admin:ours.example")));
        forgeries.put("state_key", answer(event().with("state_key", "@admin:ours.example")));
        forgeries.put("no state_key", answer(event().without("state_key")));
        for (String membership : List.of("leave", "invite", "ban", "knock")) {
            forgeries.put("membership " + membership, answer(event().with("content", content(membership))));
        }
        forgeries.put(
                "invite of an admin",
                answer(event().with("content", content("invite")).with("state_key", "@admin:remote.example")));
        forgeries.put("no content", answer(event().without("content")));
        forgeries.put("room", answer(event().with("room_id", "!other:remote.example")));
        forgeries.put("no room", answer(event().without("room_id")));
        forgeries.put(
                "extra content", answer(event().with("content", content("join").with("users_default", 100))));
        forgeries.put(
                "third-party invite",
                answer(event().with("content", content("join").with("third_party_invite", JsonObject.EMPTY))));
        forgeries.put(
                "authoriser of another server",
                answer(event().with(
                                "content",
                                content("join").with("join_authorised_via_users_server", "@admin:ours.example"))));
        forgeries.put(
                "authoriser who is none",
                answer(event().with("content", content("join").with("join_authorised_via_users_server", 7))));
        forgeries.put("21 prev events", answer(event().with("prev_events", ids(21))));
        forgeries.put("11 auth events", answer(event().with("auth_events", ids(11))));
        forgeries.put("no prev events", answer(event().with("prev_events", JsonArray.EMPTY)));
        forgeries.put(
                "prev events that repeat",
                answer(event().with("prev_events", JsonArray.ofStrings(List.of("$a", "$a")))));
        forgeries.put(
                "prev events that are none", answer(event().with("prev_events", JsonArray.ofStrings(List.of("a")))));
        forgeries.put(
                "prev events that are no texts",
                answer(event().with("prev_events", JsonArray.of(new JsonString("$a"), new JsonNumber("1")))));
        forgeries.put("depth", answer(event().with("depth", -1)));
        forgeries.put("fractional depth", answer(event().with("depth", new JsonNumber("1.5"))));
        forgeries.put("room version not asked for", answer(event()).with("room_version", "9"));
        forgeries.put("no room version is version 1", answer(event()).without("room_version"));
        forgeries.put("room version that is no text", answer(event()).with("room_version", 11));
        forgeries.put("version of other room IDs", answer(event()).with("room_version", "12"));
        forgeries.put("no event", answer(event()).without("event"));
        forgeries.put(
                "a key twice",
                StrictJson.parseObject("{\"room_version\":\"11\",\"room_version\":\"11\",\"event\":{}}"));
        return forgeries;
    }

    private static JsonObject answer(JsonObject event) {
        return JsonObject.builder()
                .put("room_version", "11")
                .put("event", event)
                .build();
    }

    private static JsonObject event() {
        return JsonObject.builder()
                .put("type", "m.room.member")
                .put("room_id", "!r:remote.example")
                .put("sender", USER.toString())
                .put("state_key", USER.toString())
                .put("content", content("join"))
                .put("prev_events", ids(2))
                .put("auth_events", ids(3))
                .put("depth", 12)
                .build();
    }

    private static JsonObject content(String membership) {
        return JsonObject.of("membership", new JsonString(membership));
    }

    private static JsonArray ids(int count) {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.add("$" + "e".repeat(41) + (10 + i));
        }
        return JsonArray.ofStrings(ids);
    }
}
