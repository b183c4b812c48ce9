package org.gatehouse.provider.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.gatehouse.matrix.authrule.AuthEvent;
import org.gatehouse.matrix.authrule.AuthRules;
import org.gatehouse.matrix.authrule.AuthVerdict;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.StrictJson;
import org.gatehouse.matrix.event.EventTypes;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.event.StateKey;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.matrix.roomversion.CreatorRule;
import org.gatehouse.matrix.roomversion.RoomVersion;
import org.gatehouse.matrix.roomversion.RoomVersions;
import org.gatehouse.provider.TestSigner;
import org.gatehouse.runtime.http.MatrixError;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What createRoom makes is a chain that every judge accepts, in each room version and for each preset. */
class RoomChainTest {

    private static final UserId ALICE = new UserId("@alice:one.example");

    static Stream<RoomVersion> versions() {
        return RoomVersions.supported().stream();
    }

    @ParameterizedTest
    @MethodSource("versions")
    void makesAChainThatTheAuthRulesAllow(RoomVersion version) {
        for (String preset : List.of("private_chat", "trusted_private_chat", "public_chat")) {
            List<Pdu> events = chain(version, """
                    {"preset": "%s", "name": "A", "topic": "B", "invite": ["@bob:two.example"],
                     "initial_state": [{"type": "m.room.encryption", "content": {"algorithm": "m.megolm.v1.aes-sha2"}}],
                     "power_level_content_override": {"events_default": 10}}""".formatted(preset));

            assertThat(types(events))
                    .as(version + " " + preset)
                    .containsExactly(
                            "m.room.create",
                            "m.room.member",
                            "m.room.power_levels",
                            "m.room.join_rules",
                            "m.room.history_visibility",
                            "m.room.guest_access",
                            "m.room.encryption",
                            "m.room.name",
                            "m.room.topic");
            assertThat(contentOf(events, EventTypes.POWER_LEVELS).integer("events_default"))
                    .hasValue(10);
            assertEachEventStandsOnTheOneBefore(events);
            assertAllAreAllowedByTheirAuthEvents(events);
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void namesTheCreatorWhereTheVersionWantsIt(RoomVersion version) {
        List<Pdu> events = chain(version, "{\"preset\": \"trusted_private_chat\", \"invite\": [\"@bob:two.example\"]}");
        JsonObject create = contentOf(events, EventTypes.CREATE);
        JsonObject users =
                contentOf(events, EventTypes.POWER_LEVELS).object("users").orElseThrow();

        assertThat(create.string("creator").isPresent()).isEqualTo(version.creatorRule() == CreatorRule.CONTENT);
        assertThat(create.string("room_version")).contains(version.id());
        if (version.privilegedCreators()) {
            assertThat(create.array("additional_creators").orElseThrow().strings())
                    .containsExactly("@bob:two.example");
            assertThat(users.isEmpty()).isTrue();
            assertThat(events.get(0).json().has("room_id")).isFalse();
            assertThat(events.get(1).roomId().createEvent())
                    .contains(events.get(0).eventId());
        } else {
            assertThat(users.integer(ALICE.value())).hasValue(100);
            assertThat(users.integer("@bob:two.example")).hasValue(100);
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void letsInitialStateReplaceThePreset(RoomVersion version) {
        List<Pdu> events = chain(version, """
                {"initial_state": [
                  {"type": "m.room.join_rules", "state_key": "", "content": {"join_rule": "public"}},
                  {"type": "m.room.history_visibility", "content": {"history_visibility": "joined"}}]}""");

        assertThat(types(events)).containsOnlyOnce("m.room.join_rules", "m.room.history_visibility");
        assertThat(contentOf(events, EventTypes.JOIN_RULES).string("join_rule")).contains("public");
    }

    @ParameterizedTest
    @MethodSource("versions")
    void findsOutBeforeAnythingIsLoggedThatARoomCannotBegin(RoomVersion version) {
        // The creator may not set its own room's name any more.
        CreateRoomRequest request = request(version, """
                {"name": "A", "power_level_content_override":
                  {"users": {"@carol:one.example": 100}, "events_default": 50, "state_default": 50,
                   "events": {"m.room.name": 9007199254740991}}}""");
        RoomChain chain = newChain(version);
        List<AuthVerdict> verdicts = new ArrayList<>();
        for (PlannedEvent event : RoomPlan.of(ALICE, request)) {
            verdicts.add(chain.append(event));
        }

        boolean creatorsMayAll = version.privilegedCreators();
        assertThat(verdicts.stream().allMatch(AuthVerdict::isAllowed)).isEqualTo(creatorsMayAll);
    }

    @org.junit.jupiter.api.Test
    void refusesALevelForTheCreatorWhereCreatorsHaveNone() {
        CreateRoomRequest request = request(
                RoomVersions.V12, "{\"power_level_content_override\": {\"users\": {\"@alice:one.example\": 100}}}");

        assertThatThrownBy(() -> RoomPlan.of(ALICE, request))
                .isInstanceOfSatisfying(
                        MatrixError.class, error -> assertThat(error.status()).isEqualTo(400));
    }

    @org.junit.jupiter.api.Test
    void refusesRequestsThatItDoesNotUnderstand() {
        for (String bad : List.of(
                "{\"room_version\": \"99\"}",
                "{\"preset\": \"no_chat\"}",
                "{\"name\": 5}",
                "{\"invite\": [\"bob\"]}",
                "{\"initial_state\": [{}]}",
                "{\"creation_content\": {\"x\": 1.5}}")) {
            assertThatThrownBy(() -> CreateRoomRequest.parse(StrictJson.parseObject(bad)))
                    .as(bad)
                    .isInstanceOfSatisfying(
                            MatrixError.class,
                            error -> assertThat(error.status()).isEqualTo(400));
        }
    }

    private static List<Pdu> chain(RoomVersion version, String json) {
        RoomChain chain = newChain(version);
        for (PlannedEvent event : RoomPlan.of(ALICE, request(version, json))) {
            assertThat(chain.append(event).isAllowed()).as(event.toString()).isTrue();
        }
        return chain.events();
    }

    private static RoomChain newChain(RoomVersion version) {
        Optional<RoomId> given =
                version.roomIdIsCreateHash() ? Optional.empty() : Optional.of(new RoomId("!room:one.example"));
        return new RoomChain(version, given, ALICE, 1_000, new TestSigner());
    }

    private static CreateRoomRequest request(RoomVersion version, String json) {
        return CreateRoomRequest.parse(StrictJson.parseObject(json).with("room_version", version.id()));
    }

    private static List<String> types(List<Pdu> events) {
        return events.stream().map(Pdu::type).toList();
    }

    private static JsonObject contentOf(List<Pdu> events, String type) {
        return events.stream()
                .filter(event -> event.isState(type))
                .findFirst()
                .orElseThrow()
                .content();
    }

    private static void assertEachEventStandsOnTheOneBefore(List<Pdu> events) {
        for (int i = 1; i < events.size(); i++) {
            assertThat(events.get(i).prevEvents())
                    .containsExactly(events.get(i - 1).eventId());
            assertThat(events.get(i).depth()).isEqualTo(i + 1L);
        }
    }

    /** Check 4 and check 5 of the receipt of a PDU, as another server makes them. */
    private static void assertAllAreAllowedByTheirAuthEvents(List<Pdu> events) {
        Map<EventId, Pdu> known = new HashMap<>();
        Map<StateKey, Pdu> state = new HashMap<>();
        for (Pdu event : events) {
            assertThat(AuthRules.checkAgainstAuthEvents(
                                    event,
                                    id -> Optional.ofNullable(known.get(id)).map(pdu -> new AuthEvent(pdu, false)))
                            .isAllowed())
                    .as(event.type())
                    .isTrue();
            assertThat(AuthRules.check(event, key -> Optional.ofNullable(state.get(key)))
                            .isAllowed())
                    .isTrue();
            known.put(event.eventId(), event);
            state.put(event.stateSlot().orElseThrow(), event);
        }
    }
}
