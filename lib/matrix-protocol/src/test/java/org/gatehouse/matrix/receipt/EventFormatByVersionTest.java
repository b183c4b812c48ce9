package org.gatehouse.matrix.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.gatehouse.matrix.TestServer;
import org.gatehouse.matrix.Vectors;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.JsonString;
import org.gatehouse.matrix.canonicaljson.JsonValue;
import org.gatehouse.matrix.canonicaljson.StrictJson;
import org.gatehouse.matrix.event.EventDraft;
import org.gatehouse.matrix.event.EventTypes;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.event.UnverifiedPdu;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.receipt.ReceiptOutcome.Dropped;
import org.gatehouse.matrix.roomversion.EventIdFormat;
import org.gatehouse.matrix.roomversion.RoomVersion;
import org.gatehouse.matrix.roomversion.RoomVersions;
import org.gatehouse.matrix.signing.CachedKeyRing;
import org.gatehouse.matrix.signing.EventSigning;
import org.gatehouse.matrix.signing.KeyRing;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What checks 1 and 2 ask that not every room version asks. */
class EventFormatByVersionTest {

    private static final TestServer ORIGIN = new TestServer("origin.example");
    private static final TestServer OTHER = new TestServer("other.example");
    private static final KeyRing KEYS = CachedKeyRing.of(List.of(ORIGIN.keys(), OTHER.keys()));
    private static final EventId PARENT = new EventId("$parent:other.example");
    private static final String HASH_ROOM = "!L58ME6ufiP49v97UIOBIpvWKEgj4912JmECPuDzlvCI";

    static Stream<RoomVersion> every() {
        return Stream.of("1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12")
                .map(RoomVersions::require);
    }

    static Stream<RoomVersion> withNamedEvents() {
        return every().filter(version -> version.eventIdFormat() == EventIdFormat.FIELD);
    }

    private static EventDraft.Builder builder(RoomVersion version, String type) {
        EventDraft.Builder draft = EventDraft.builder(version, ORIGIN.user("alice"), type)
                .roomId(new RoomId(version.roomIdIsCreateHash() ? HASH_ROOM : "!room:origin.example"))
                .content(JsonObject.of("body", new JsonString("hello")))
                .prevEvents(List.of(PARENT))
                .authEvents(List.of(PARENT))
                .depth(5)
                .originServerTs(1_700_000_000_000L);
        return version.eventIdFormat() == EventIdFormat.FIELD
                ? draft.eventId(new EventId("$named:origin.example"))
                : draft;
    }

    private static JsonObject draft(RoomVersion version) {
        return builder(version, "m.room.message").build().toJson();
    }

    private static JsonValue json(String text) {
        return StrictJson.parseObject("{\"v\":" + text + "}").get("v").orElseThrow();
    }

    private static ReceiptOutcome check(RoomVersion version, JsonObject draft) {
        return checkSigned(version, ORIGIN.sign(version, draft));
    }

    private static ReceiptOutcome checkSigned(RoomVersion version, JsonObject event) {
        return PduChecks.check(new UnverifiedPdu(version, event), KEYS);
    }

    private static void assertDropped(ReceiptOutcome outcome, DropReason reason) {
        assertThat(outcome).isInstanceOf(Dropped.class);
        assertThat(((Dropped) outcome).reason()).isEqualTo(reason);
    }

    @ParameterizedTest
    @MethodSource("every")
    void acceptsWhatADraftOfTheVersionWrites(RoomVersion version) {
        Pdu pdu = check(version, draft(version)).accepted().orElseThrow();

        assertThat(pdu.prevEvents()).containsExactly(PARENT);
        assertThat(pdu.authEvents()).containsExactly(PARENT);
        assertThat(version.eventIdFormat().accepts(pdu.eventId())).isTrue();
    }

    @ParameterizedTest
    @MethodSource("withNamedEvents")
    void theFieldNamesTheEvent(RoomVersion version) {
        assertThat(check(version, draft(version)).accepted().map(Pdu::eventId))
                .contains(new EventId("$named:origin.example"));
    }

    @ParameterizedTest
    @MethodSource("withNamedEvents")
    void dropsAnEventThatDoesNotNameItself(RoomVersion version) {
        assertDropped(check(version, draft(version).without("event_id")), DropReason.FORMAT);
        for (String name :
                List.of("5", "\"\"", "\"$\"", "\"$named\"", "\"named:x\"", "\"$a:b c\"", "\"$a:\"", "null")) {
            assertDropped(check(version, draft(version).with("event_id", json(name))), DropReason.FORMAT);
        }
        assertDropped(check(version, draft(version).with("event_id", "$" + "a".repeat(255) + ":x")), DropReason.FORMAT);
    }

    @ParameterizedTest
    @MethodSource("every")
    void anEventIdFieldThatIsNotAskedForNamesNothing(RoomVersion version) {
        JsonObject forged = draft(version).with("event_id", "$forged:origin.example");

        Pdu pdu = check(version, forged).accepted().orElseThrow();

        assertThat(pdu.eventId().equals(new EventId("$forged:origin.example")))
                .isEqualTo(version.eventIdFormat() == EventIdFormat.FIELD);
    }

    @ParameterizedTest
    @MethodSource("every")
    void referencesArePairsInVersions1And2AndNamesLater(RoomVersion version) {
        boolean pairs = version.eventIdFormat() == EventIdFormat.FIELD;

        for (String field : List.of("prev_events", "auth_events")) {
            for (String good : List.of("[[\"$a:x\",{\"sha256\":\"h\"}]]", "[[\"$a:x\",{}]]")) {
                assertThat(check(version, draft(version).with(field, json(good)))
                                .isAccepted())
                        .isEqualTo(pairs);
            }
            assertThat(check(version, draft(version).with(field, json("[\"$a:x\"]")))
                            .isAccepted())
                    .isEqualTo(!pairs);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[[\"$a:x\"]]",
                "[[\"$a:x\",{},1]]",
                "[[\"$a:x\",null]]",
                "[[\"$a:x\",\"h\"]]",
                "[[\"$a:x\",{\"sha256\":5}]]",
                "[[5,{}]]",
                "[[{},\"$a:x\"]]",
                "[[\"a:x\",{}]]",
                "[{}]",
                "[null]",
                "[[]]",
                "[[\"$a:x\",{}],\"$b:x\"]"
            })
    void dropsPairsOfAnotherShape(String references) {
        for (RoomVersion version : List.of(RoomVersions.V1, RoomVersions.V2)) {
            assertDropped(check(version, draft(version).with("prev_events", json(references))), DropReason.FORMAT);
            assertDropped(check(version, draft(version).with("auth_events", json(references))), DropReason.FORMAT);
        }
    }

    @ParameterizedTest
    @MethodSource("every")
    void theDepthEndsWhereTheVersionSays(RoomVersion version) {
        long most = version.strictJson() ? 9_007_199_254_740_991L : Long.MAX_VALUE;

        assertThat(check(version, draft(version).with("depth", most)).isAccepted())
                .isTrue();
        assertThat(check(version, draft(version).with("depth", json("9223372036854775808")))
                        .isAccepted())
                .isFalse();
        assertThat(check(version, draft(version).with("depth", json("9007199254740992")))
                        .isAccepted())
                .isEqualTo(!version.strictJson());
        assertThat(check(version, draft(version).with("depth", json("5.0"))).isAccepted())
                .isFalse();
        assertThat(check(version, draft(version).with("depth", -1)).isAccepted())
                .isFalse();
    }

    @ParameterizedTest
    @MethodSource("every")
    void numbersAreStrictSinceVersion6(RoomVersion version) {
        for (String number :
                List.of("1.5", "1e3", "-0", "1.0", "9007199254740992", "-100000000000000000000", "1e400")) {
            ReceiptOutcome outcome = check(version, draft(version).with("content", json("{\"x\":[" + number + "]}")));

            if (version.strictJson()) {
                assertDropped(outcome, DropReason.NOT_CANONICAL);
            } else {
                assertThat(outcome.isAccepted()).as(number).isTrue();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("every")
    void theStrictnessVectorsHoldForEvents(RoomVersion version) {
        for (JsonObject vector : Vectors.list("canonical_json_strictness")) {
            String verdict = Vectors.text(vector, version.strictJson() ? "v6_plus" : "v1_5");

            assertThat(check(version, draft(version).with("content", json(Vectors.text(vector, "json"))))
                            .isAccepted())
                    .isEqualTo(verdict.equals("accept"));
        }
    }

    @ParameterizedTest
    @MethodSource("every")
    void aDefectDropsAnEventOfAnyVersion(RoomVersion version) {
        for (String content : List.of("{\"a\":1,\"a\":1}", "{\"a\":\"\\ud800\"}")) {
            assertDropped(check(version, draft(version).with("content", json(content))), DropReason.NOT_CANONICAL);
        }
    }

    /** The reader keeps the text of any number, since the first versions allow every one; an event has not the room for it. */
    @ParameterizedTest
    @MethodSource("every")
    void aMegabyteOfDigitsDropsAnEventOfAnyVersion(RoomVersion version) {
        ReceiptOutcome outcome =
                check(version, draft(version).with("content", json("{\"a\":" + "9".repeat(1 << 20) + "}")));

        assertDropped(outcome, version.strictJson() ? DropReason.NOT_CANONICAL : DropReason.TOO_LARGE);
    }

    /** Other servers keep such an event as rejected; dropping it would leave a hole in our graph and none in theirs. */
    @ParameterizedTest
    @MethodSource("every")
    void beforeVersion11AFieldOfTooManyBytesOnlyIsNotDropped(RoomVersion version) {
        for (String field : List.of("type", "state_key")) {
            assertThat(check(version, draft(version).with(field, "é".repeat(127)))
                            .isAccepted())
                    .isTrue();
            ReceiptOutcome overBytes = check(version, draft(version).with(field, "é".repeat(128)));
            if (version.fieldLimitsInBytes()) {
                assertDropped(overBytes, DropReason.TOO_LARGE);
            } else {
                assertThat(overBytes.isAccepted()).isTrue();
            }
            assertDropped(check(version, draft(version).with(field, "é".repeat(256))), DropReason.TOO_LARGE);
            assertDropped(check(version, draft(version).with(field, "a".repeat(256))), DropReason.TOO_LARGE);
        }
    }

    @ParameterizedTest
    @MethodSource("withNamedEvents")
    void theServerThatTheEventIdNamesMustHaveSigned(RoomVersion version) {
        JsonObject draft = builder(version, "m.room.message")
                .eventId(new EventId("$named:other.example"))
                .build()
                .toJson();
        JsonObject bySender = ORIGIN.sign(version, draft);
        JsonObject byBoth = EventSigning.addSignature(version, bySender, OTHER.name(), OTHER.key());

        assertDropped(checkSigned(version, bySender), DropReason.SIGNATURE_MISSING);
        assertDropped(checkSigned(version, OTHER.sign(version, draft)), DropReason.SIGNATURE_MISSING);
        assertThat(checkSigned(version, byBoth).isAccepted()).isTrue();
        assertThat(PduChecks.requiredSignatures(new UnverifiedPdu(version, bySender)))
                .isEqualTo(Map.of(ORIGIN.name(), List.of(ORIGIN.key().id()), OTHER.name(), List.of()));
    }

    @ParameterizedTest
    @MethodSource("every")
    void anInviteByThirdPartyNeedsTheSignatureOfNobodyButAnotherServerThatNamedIt(RoomVersion version) {
        EventDraft.Builder invite = builder(version, EventTypes.MEMBER)
                .stateKey("@bob:other.example")
                .content(StrictJson.parseObject("{\"membership\":\"invite\",\"third_party_invite\":{\"signed\":"
                        + "{\"mxid\":\"@bob:other.example\",\"token\":\"t\",\"signatures\":{}}}}"));
        TestServer third = new TestServer("third.example");

        assertThat(checkSigned(version, third.sign(version, invite.build().toJson()))
                        .isAccepted())
                .isTrue();
        if (version.eventIdFormat() == EventIdFormat.FIELD) {
            invite.eventId(new EventId("$named:other.example"));
            assertDropped(
                    checkSigned(version, third.sign(version, invite.build().toJson())), DropReason.SIGNATURE_MISSING);
            assertThat(checkSigned(version, OTHER.sign(version, invite.build().toJson()))
                            .isAccepted())
                    .isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("every")
    void anAuthorisingUsersServerMustHaveSignedSinceVersion8(RoomVersion version) {
        JsonObject join = builder(version, EventTypes.MEMBER)
                .stateKey("@alice:origin.example")
                .content(StrictJson.parseObject(
                        "{\"membership\":\"join\",\"join_authorised_via_users_server\":\"@bob:other.example\"}"))
                .build()
                .toJson();

        assertThat(check(version, join).isAccepted()).isEqualTo(!version.restrictedJoins());
    }
}
