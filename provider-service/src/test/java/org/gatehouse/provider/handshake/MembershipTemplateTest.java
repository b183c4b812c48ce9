package org.gatehouse.provider.handshake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.StrictJson;
import org.gatehouse.matrix.event.EventDraft;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.UserId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** QB05: a hostile template gets nothing signed. */
class MembershipTemplateTest {

    private static final RoomId ROOM = new RoomId("!room:far.example");
    private static final UserId ALICE = new UserId("@alice:one.example");
    private static final JsonObject GOOD = StrictJson.parseObject("""
            {"type": "m.room.member", "room_id": "!room:far.example", "sender": "@alice:one.example",
             "state_key": "@alice:one.example", "content": {"membership": "join"}, "depth": 12,
             "prev_events": ["$head"], "auth_events": ["$create", "$rules"], "origin": "far.example",
             "origin_server_ts": 5, "unsigned": {"x": 1}, "hashes": {"sha256": "x"}}""");

    @Test
    void buildsItsOwnEventFromThePlaceInTheGraph() {
        EventDraft draft = build(new RawTemplate("11", GOOD));
        JsonObject event = draft.toJson();

        assertThat(draft.prevEvents()).containsExactly(new EventId("$head"));
        assertThat(draft.authEvents()).containsExactly(new EventId("$create"), new EventId("$rules"));
        assertThat(draft.depth()).isEqualTo(12);
        assertThat(event.integer("origin_server_ts")).hasValue(77);
        assertThat(event.has("unsigned")).isFalse();
        assertThat(event.has("hashes")).isFalse();
        assertThat(event.object("content").orElseThrow())
                .isEqualTo(JsonObject.EMPTY.with("membership", "join").with("reason", "why not"));
    }

    @Test
    void keepsWhoAuthorisedARestrictedJoin() {
        JsonObject content = JsonObject.EMPTY
                .with("membership", "join")
                .with("join_authorised_via_users_server", "@bob:far.example");

        EventDraft draft = build(new RawTemplate("11", GOOD.with("content", content)));

        assertThat(draft.content().string("join_authorised_via_users_server")).contains("@bob:far.example");
    }

    static Stream<RawTemplate> hostile() {
        List<RawTemplate> templates = new ArrayList<>();
        for (String type : List.of(
                "m.room.power_levels",
                "m.room.create",
                "m.room.join_rules",
                "m.room.message",
                "m.room.redaction",
                "m.room.server_acl",
                "m.room.third_party_invite",
                "m.room.tombstone",
                "m.room.history_visibility",
                "m.room.name",
                "m.room.encryption",
                "m.room.canonical_alias")) {
            templates.add(new RawTemplate("11", GOOD.with("type", type)));
        }
        templates.add(new RawTemplate("11", GOOD.with("sender", "@admin:one.example")));
        templates.add(new RawTemplate("11", GOOD.with("state_key", "@admin:one.example")));
        templates.add(new RawTemplate("11", GOOD.with("room_id", "!other:far.example")));
        templates.add(new RawTemplate("11", GOOD.without("content")));
        templates.add(new RawTemplate("11", GOOD.with("content", JsonObject.EMPTY.with("membership", "invite"))));
        templates.add(new RawTemplate(
                "11",
                GOOD.with("content", JsonObject.EMPTY.with("membership", "join").with("extra", "x"))));
        templates.add(new RawTemplate("11", GOOD.with("prev_events", ids(21))));
        templates.add(new RawTemplate("11", GOOD.with("auth_events", ids(11))));
        templates.add(new RawTemplate("11", GOOD.with("prev_events", JsonArray.of(JsonObject.EMPTY))));
        templates.add(new RawTemplate("11", GOOD.with("depth", -1)));
        templates.add(new RawTemplate("12", GOOD));
        return templates.stream();
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void refusesATemplateForAnythingElse(RawTemplate template) {
        assertThatThrownBy(() -> build(template)).isInstanceOf(UnfitTemplate.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"13", "org.matrix.hydra.11", ""})
    void refusesRoomVersionsThatItDoesNotSpeak(String version) {
        assertThatThrownBy(() -> build(new RawTemplate(version, GOOD))).isInstanceOf(UnfitTemplate.class);
    }

    private static EventDraft build(RawTemplate template) {
        return new MembershipTemplate(ROOM, ALICE, "join").build(template, Optional.of("why not"), 77);
    }

    private static JsonArray ids(int count) {
        return JsonArray.ofStrings(Stream.iterate(0, i -> i + 1)
                .limit(count)
                .map(i -> "$event" + i)
                .toList());
    }
}
