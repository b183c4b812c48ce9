package org.gatehouse.matrix.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.gatehouse.matrix.TestServer;
import org.gatehouse.matrix.canonicaljson.CanonicalJson;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.JsonString;
import org.gatehouse.matrix.canonicaljson.StrictJson;
import org.gatehouse.matrix.event.EventDraft;
import org.gatehouse.matrix.event.UnverifiedPdu;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.receipt.ReceiptOutcome.Dropped;
import org.gatehouse.matrix.roomversion.RoomVersion;
import org.gatehouse.matrix.roomversion.RoomVersions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Check 1. Every event here is hashed and signed after it was spoilt, so that only the format can drop it. */
class FormatCheckTest {

    private static final TestServer ORIGIN = new TestServer("origin.example");
    private static final RoomVersion VERSION = RoomVersions.V11;
    private static final String HASH_ROOM = "!L58ME6ufiP49v97UIOBIpvWKEgj4912JmECPuDzlvCI";

    private static JsonObject draft() {
        return EventDraft.builder(VERSION, ORIGIN.user("alice"), "m.room.message")
                .roomId(new RoomId("!room:origin.example"))
                .content(JsonObject.of("body", new JsonString("hello")))
                .depth(5)
                .originServerTs(1_700_000_000_000L)
                .build()
                .toJson();
    }

    private static ReceiptOutcome check(RoomVersion version, JsonObject draft) {
        return PduChecks.check(new UnverifiedPdu(version, ORIGIN.sign(version, draft)), ORIGIN.ring());
    }

    private static ReceiptOutcome check(JsonObject draft) {
        return check(VERSION, draft);
    }

    private static Optional<Fault> formatOf(JsonObject draft) {
        return FormatCheck.fault(new UnverifiedPdu(VERSION, ORIGIN.sign(VERSION, draft)));
    }

    private static void assertDropped(ReceiptOutcome outcome, DropReason reason) {
        assertThat(outcome).isInstanceOf(Dropped.class);
        assertThat(((Dropped) outcome).reason()).isEqualTo(reason);
    }

    private static JsonObject draftWith(String field, String json) {
        return draft().with(
                        field,
                        StrictJson.parseObject("{\"v\":" + json + "}").get("v").orElseThrow());
    }

    @Test
    void acceptsTheDraftThatTheOthersSpoil() {
        assertThat(check(draft()).isAccepted()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"type", "sender", "room_id", "content", "prev_events", "auth_events", "depth", "origin_server_ts"
            })
    void dropsAnEventWithoutAField(String field) {
        assertDropped(check(draft().without(field)), DropReason.FORMAT);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "depth            | -1",
                "depth            | \"5\"",
                "depth            | null",
                "depth            | []",
                "origin_server_ts | \"1\"",
                "origin_server_ts | null",
                "state_key        | null",
                "state_key        | 5",
                "type             | 5",
                "sender           | \"alice\"",
                "sender           | \"@alice\"",
                "sender           | \"@al\\u0000ice:origin.example\"",
                "sender           | null",
                "room_id          | \"room\"",
                "room_id          | \"!L58ME6ufiP49v97UIOBIpvWKEgj4912JmECPuDzlvCI\"",
                "room_id          | 5",
                "content          | []",
                "content          | \"x\"",
                "content          | null",
                "prev_events      | {}",
                "prev_events      | [\"prev\"]",
                "prev_events      | [5]",
                "prev_events      | [null]",
                "prev_events      | [[\"$a\",{\"sha256\":\"x\"}]]",
                "auth_events      | \"$a\"",
                "auth_events      | [\"$a\",[]]"
            })
    void dropsAFieldOfTheWrongForm(String field, String json) {
        assertDropped(check(draftWith(field, json)), DropReason.FORMAT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.0",
                "1e3",
                "1E0",
                "-0",
                "9007199254740992",
                "-9007199254740992",
                "1.1",
                "100000000000000000000"
            })
    void dropsNumbersThatCanonicalJsonDoesNotKnow(String number) {
        assertDropped(check(draftWith("content", "{\"deep\":[{\"x\":" + number + "}]}")), DropReason.NOT_CANONICAL);
        assertDropped(check(draftWith("depth", number)), DropReason.NOT_CANONICAL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"9007199254740991", "-9007199254740991", "0", "-1"})
    void acceptsIntegersWithinTheSafeRange(String number) {
        assertThat(check(draftWith("content", "{\"x\":" + number + "}")).isAccepted())
                .isTrue();
        assertThat(formatOf(draftWith("origin_server_ts", number))).isEmpty();
    }

    @Test
    void theDepthReachesTheLargestSafeInteger() {
        assertThat(check(draftWith("depth", "9007199254740991")).isAccepted()).isTrue();
        assertThat(check(draftWith("depth", "0")).isAccepted()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"a\":1,\"a\":1}", "{\"a\":\"\\ud800\"}", "{\"\\udc00\":1}", "{\"a\":[{\"b\":1,\"b\":2}]}"})
    void dropsContentWithADefect(String content) {
        assertDropped(check(draftWith("content", content)), DropReason.NOT_CANONICAL);
    }

    @Test
    void acceptsNulInContent() {
        assertThat(check(draftWith("content", "{\"a\":\"\\u0000\"}")).isAccepted())
                .isTrue();
    }

    @Test
    void acceptsAnEventOf65536BytesAndNoMore() {
        assertThat(CanonicalJson.write(signedOfSize(65_536))).hasSize(65_536);
        assertThat(checkSigned(signedOfSize(65_536)).isAccepted()).isTrue();
        assertDropped(checkSigned(signedOfSize(65_537)), DropReason.TOO_LARGE);
    }

    @Test
    void theSizeIsThatOfCanonicalJsonWithoutUnsigned() {
        JsonObject full = signedOfSize(65_536);
        byte[] loose = (" " + full.with("unsigned", "x".repeat(60_000))).getBytes(StandardCharsets.UTF_8);

        assertThat(checkSigned(StrictJson.parseObject(loose)).isAccepted()).isTrue();
    }

    private static JsonObject signedOfSize(int bytes) {
        int empty = CanonicalJson.write(ORIGIN.sign(VERSION, draft().with("content", JsonObject.EMPTY.with("b", ""))))
                .length;
        return ORIGIN.sign(VERSION, draft().with("content", JsonObject.EMPTY.with("b", "x".repeat(bytes - empty))));
    }

    private static ReceiptOutcome checkSigned(JsonObject event) {
        return PduChecks.check(new UnverifiedPdu(VERSION, event), ORIGIN.ring());
    }

    @ParameterizedTest
    @ValueSource(strings = {"type", "state_key"})
    void fieldsMayHave255BytesAndNoMore(String field) {
        assertThat(check(draft().with(field, "a".repeat(255))).isAccepted()).isTrue();
        assertDropped(check(draft().with(field, "a".repeat(256))), DropReason.TOO_LARGE);
        assertThat(check(draft().with(field, "é".repeat(127))).isAccepted()).isTrue();
        assertDropped(check(draft().with(field, "é".repeat(128))), DropReason.TOO_LARGE);
    }

    @Test
    void identifiersMayHave255BytesAndNoMore() {
        String server = ":origin.example";
        int room = 255 - 1 - server.length();

        assertThat(check(draft().with("room_id", "!" + "a".repeat(room) + server))
                        .isAccepted())
                .isTrue();
        assertDropped(check(draft().with("room_id", "!" + "a".repeat(room + 1) + server)), DropReason.TOO_LARGE);
        assertThat(check(draft().with("sender", "@" + "a".repeat(room) + server))
                        .isAccepted())
                .isTrue();
        assertDropped(check(draft().with("sender", "@" + "a".repeat(room + 1) + server)), DropReason.TOO_LARGE);
        assertThat(check(draft().with("prev_events", ids("$" + "a".repeat(254))))
                        .isAccepted())
                .isTrue();
        assertDropped(check(draft().with("prev_events", ids("$" + "a".repeat(255)))), DropReason.FORMAT);
    }

    @Test
    void acceptsTwentyParentsAndTenAuthEventsAndNoMore() {
        assertThat(check(draft().with("prev_events", ids(20))).isAccepted()).isTrue();
        assertDropped(check(draft().with("prev_events", ids(21))), DropReason.FORMAT);
        assertThat(check(draft().with("auth_events", ids(10))).isAccepted()).isTrue();
        assertDropped(check(draft().with("auth_events", ids(11))), DropReason.FORMAT);
    }

    @Test
    void acceptsTheSameParentTwentyTimes() {
        JsonArray same = JsonArray.ofStrings(Collections.nCopies(20, "$same"));

        assertThat(check(draft().with("prev_events", same)).isAccepted()).isTrue();
    }

    private static JsonArray ids(int count) {
        return JsonArray.ofStrings(
                IntStream.range(0, count).mapToObj(i -> "$event" + i).toList());
    }

    private static JsonArray ids(String id) {
        return JsonArray.ofStrings(List.of(id));
    }

    @Test
    void aVersion12EventNamesItsRoomByHash() {
        assertDropped(check(RoomVersions.V12, draft()), DropReason.FORMAT);
        assertThat(check(RoomVersions.V12, draft().with("room_id", HASH_ROOM)).isAccepted())
                .isTrue();
    }

    @Test
    void acceptsSendersWithHistoricalNames() {
        for (String localpart : List.of("", "Alice", "álïce 漢字", "a/b*c")) {
            assertThat(check(draft().with("sender", "@" + localpart + ":origin.example"))
                            .isAccepted())
                    .isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"[]", "5", "{\"x\":5}", "{\"x\":[]}", "{\"x\":{\"ed25519:1\":5}}", "{\"x\":{\"ed25519:1\":null}}"
            })
    void dropsSignaturesThatAreNotNamesToKeysToStrings(String json) {
        JsonObject event = ORIGIN.sign(VERSION, draft());
        JsonObject other = StrictJson.parseObject("{\"s\":" + json + "}");
        JsonObject merged = other.object("s").isPresent()
                ? event.with(
                        "signatures",
                        event.object("signatures")
                                .orElseThrow()
                                .with(
                                        "x",
                                        other.object("s").orElseThrow().get("x").orElseThrow()))
                : event.with("signatures", other.get("s").orElseThrow());

        assertDropped(checkSigned(merged), DropReason.FORMAT);
    }

    @Test
    void dropsAnEventWithoutSignaturesObject() {
        assertDropped(checkSigned(ORIGIN.sign(VERSION, draft()).without("signatures")), DropReason.FORMAT);
    }

    @Test
    void dropsAnEmptyObject() {
        assertDropped(checkSigned(JsonObject.EMPTY), DropReason.FORMAT);
    }
}
