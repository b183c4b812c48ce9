package org.gatehouse.matrix.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.gatehouse.matrix.TestServer;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.JsonString;
import org.gatehouse.matrix.canonicaljson.StrictJson;
import org.gatehouse.matrix.event.EventDraft;
import org.gatehouse.matrix.event.EventTypes;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.event.UnverifiedPdu;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.KeyId;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.receipt.ReceiptOutcome.Accepted;
import org.gatehouse.matrix.receipt.ReceiptOutcome.Dropped;
import org.gatehouse.matrix.roomversion.RoomVersion;
import org.gatehouse.matrix.roomversion.RoomVersions;
import org.gatehouse.matrix.signing.CachedKeyRing;
import org.gatehouse.matrix.signing.EventSigning;
import org.gatehouse.matrix.signing.JsonSigning;
import org.gatehouse.matrix.signing.KeyRing;
import org.junit.jupiter.api.Test;

/** Checks 2 and 3, and the order of all three. Check 1 is told of by {@link FormatCheckTest}. */
class PduChecksTest {

    private static final RoomVersion VERSION = RoomVersions.V11;
    private static final TestServer ORIGIN = new TestServer("origin.example");
    private static final TestServer OTHER = new TestServer("other.example");
    private static final KeyRing KEYS = CachedKeyRing.of(List.of(ORIGIN.keys("1", "2"), OTHER.keys()));
    private static final RoomId ROOM = new RoomId("!room:origin.example");
    private static final long NOW = 1_700_000_000_000L;

    private static EventDraft.Builder draft(RoomVersion version, String type) {
        return EventDraft.builder(version, ORIGIN.user("alice"), type)
                .roomId(ROOM)
                .content(JsonObject.of("body", new JsonString("hello"), "membership", new JsonString("join")))
                .prevEvents(List.of(new EventId("$prev")))
                .authEvents(List.of(new EventId("$auth")))
                .depth(5)
                .originServerTs(NOW);
    }

    private static JsonObject message() {
        return ORIGIN.sign(VERSION, draft(VERSION, "m.room.message").build().toJson());
    }

    private static ReceiptOutcome check(JsonObject event) {
        return check(VERSION, event, KEYS);
    }

    private static ReceiptOutcome check(RoomVersion version, JsonObject event, KeyRing keys) {
        return PduChecks.check(new UnverifiedPdu(version, event), keys);
    }

    private static void assertDropped(ReceiptOutcome outcome, DropReason reason) {
        assertThat(outcome).isInstanceOf(Dropped.class);
        assertThat(((Dropped) outcome).reason()).isEqualTo(reason);
    }

    private static Pdu assertAccepted(ReceiptOutcome outcome, boolean redacted) {
        assertThat(outcome).isInstanceOf(Accepted.class);
        assertThat(((Accepted) outcome).redacted()).isEqualTo(redacted);
        return ((Accepted) outcome).pdu();
    }

    @Test
    void acceptsAGoodEventAsItCameInEveryVersion() {
        for (RoomVersion version : List.of(RoomVersions.V3, RoomVersions.V6, RoomVersions.V10, RoomVersions.V11)) {
            JsonObject event = ORIGIN.sign(
                    version, draft(version, "m.room.message").build().toJson());

            Pdu pdu = assertAccepted(check(version, event, KEYS), false);

            assertThat(pdu.json()).isEqualTo(event);
            assertThat(pdu.roomVersion()).isEqualTo(version);
        }
    }

    @Test
    void acceptsTheCreateEventThatMakesAVersion12Room() {
        JsonObject create = ORIGIN.sign(
                RoomVersions.V12,
                EventDraft.builder(RoomVersions.V12, ORIGIN.user("alice"), EventTypes.CREATE)
                        .stateKey("")
                        .content(JsonObject.of("room_version", new JsonString("12")))
                        .depth(1)
                        .originServerTs(NOW)
                        .build()
                        .toJson());

        Pdu pdu = assertAccepted(check(RoomVersions.V12, create, KEYS), false);

        assertThat(pdu.roomId()).isEqualTo(RoomId.ofCreateEvent(pdu.eventId()));
        assertDropped(
                check(RoomVersions.V12, create.with("room_id", pdu.roomId().value()), KEYS), DropReason.FORMAT);
    }

    @Test
    void acceptsAnEventWhateverItsUnsignedSays() {
        for (String unsigned : List.of("{\"age\":1.5,\"x\":\"\\ud800\"}", "5", "[]", "null", "{\"a\":1,\"a\":2}")) {
            JsonObject holder = StrictJson.parseObject("{\"u\":" + unsigned + "}");

            Pdu pdu = assertAccepted(
                    check(message().with("unsigned", holder.get("u").orElseThrow())), false);

            assertThat(pdu.json()).isEqualTo(message());
        }
    }

    @Test
    void keepsOurRedactedCopyWhereTheContentHashIsWrong() {
        JsonObject changed = message().with("content", JsonObject.of("body", new JsonString("changed")));
        EventId id = new UnverifiedPdu(VERSION, message()).eventId().orElseThrow();

        Pdu pdu = assertAccepted(check(changed), true);

        assertThat(pdu.content()).isEqualTo(JsonObject.EMPTY);
        assertThat(pdu.eventId()).isEqualTo(id);
        assertThat(pdu.json().object("signatures")).isEqualTo(message().object("signatures"));
    }

    @Test
    void aRedactedJoinStillJoins() {
        JsonObject join = ORIGIN.sign(
                VERSION,
                draft(VERSION, EventTypes.MEMBER)
                        .stateKey("@alice:origin.example")
                        .build()
                        .toJson());
        JsonObject changed =
                join.with("content", join.object("content").orElseThrow().with("displayname", "x"));

        assertThat(assertAccepted(check(changed), true).content()).hasToString("{\"membership\":\"join\"}");
    }

    @Test
    void anExtraTopLevelKeyIsAHashMismatch() {
        assertThat(assertAccepted(check(message().with("extra", 1)), true)
                        .json()
                        .has("extra"))
                .isFalse();
    }

    @Test
    void aHashOfAnotherLengthIsAMismatchButOneThatIsNoBase64IsNone() {
        JsonObject unhashed = draft(VERSION, "m.room.message").build().toJson();

        assertAccepted(check(signedWithHashes(unhashed, "{\"sha256\":\"AAAA\"}")), true);
        for (String hashes : List.of("{}", "{\"sha1\":\"AAAA\"}", "{\"sha256\":\"!!!\"}", "{\"sha256\":5}", "[]")) {
            assertDropped(check(signedWithHashes(unhashed, hashes)), DropReason.HASH_MISSING);
        }
        assertDropped(
                check(EventSigning.addSignature(VERSION, unhashed, ORIGIN.name(), ORIGIN.key())),
                DropReason.HASH_MISSING);
    }

    private static JsonObject signedWithHashes(JsonObject event, String hashes) {
        JsonObject holder = StrictJson.parseObject("{\"h\":" + hashes + "}");
        return EventSigning.addSignature(
                VERSION, event.with("hashes", holder.get("h").orElseThrow()), ORIGIN.name(), ORIGIN.key());
    }

    @Test
    void dropsAnEventThatItsSendersServerHasNotSigned() {
        JsonObject unsigned = message().with("signatures", JsonObject.EMPTY);

        assertDropped(check(unsigned), DropReason.SIGNATURE_MISSING);
        assertDropped(
                check(EventSigning.addSignature(VERSION, unsigned, OTHER.name(), OTHER.key())),
                DropReason.SIGNATURE_MISSING);
    }

    @Test
    void dropsAnEventWhoseEssentialFieldsWereChanged() {
        assertDropped(check(message().with("depth", 6)), DropReason.SIGNATURE_INVALID);
        assertDropped(check(message().with("sender", "@bob:origin.example")), DropReason.SIGNATURE_INVALID);
        assertDropped(check(message().with("room_id", "!other:origin.example")), DropReason.SIGNATURE_INVALID);
    }

    @Test
    void aDroppedEventStillHasTheIdThatItComputesTo() {
        JsonObject event = message().with("depth", 6).with("event_id", "$forged");

        Dropped dropped = (Dropped) check(event);

        assertThat(dropped.eventId()).isEqualTo(new UnverifiedPdu(VERSION, event).eventId());
        assertThat(dropped.eventId()).isPresent();
        assertThat(dropped.detail()).doesNotContain("hello");
    }

    @Test
    void ignoresASignatureByAnUnknownKeyBesideAGoodOne() {
        JsonObject both = JsonSigning.withSignature(message(), ORIGIN.name(), new KeyId("ed25519:unknown"), "AAAA");

        assertAccepted(check(both), false);
    }

    @Test
    void dropsOnAFalseSignatureByAKnownKeyBesideAGoodOne() {
        JsonObject both = JsonSigning.withSignature(message(), ORIGIN.name(), new KeyId("ed25519:2"), "AAAA");

        assertDropped(check(both), DropReason.SIGNATURE_INVALID);
    }

    @Test
    void acceptsGoodSignaturesByTwoKeys() {
        assertAccepted(check(EventSigning.addSignature(VERSION, message(), ORIGIN.name(), ORIGIN.key("2"))), false);
    }

    @Test
    void dropsWhereOnlyUnknownKeysSigned() {
        JsonObject event = EventSigning.hashAndSign(
                VERSION, draft(VERSION, "m.room.message").build().toJson(), ORIGIN.name(), ORIGIN.key("unknown"));

        assertDropped(check(event), DropReason.KEY_UNKNOWN);
        assertThat(PduChecks.requiredSignatures(new UnverifiedPdu(VERSION, event)))
                .isEqualTo(Map.of(ORIGIN.name(), List.of(new KeyId("ed25519:unknown"))));
    }

    @Test
    void ignoresSignaturesOfServersThatNeedNotSign() {
        JsonObject event = JsonSigning.withSignature(message(), OTHER.name(), new KeyId("ed25519:1"), "AAAA");

        assertAccepted(check(event), false);
        assertThat(PduChecks.requiredSignatures(new UnverifiedPdu(VERSION, event)))
                .containsOnlyKeys(ORIGIN.name());
    }

    @Test
    void aKeyMustBeValidAtTheTimeOfTheEvent() {
        KeyRing ended = CachedKeyRing.of(List.of(ORIGIN.keys(NOW - 1, Map.of(), "1")));
        KeyRing lasts = CachedKeyRing.of(List.of(ORIGIN.keys(NOW, Map.of(), "1")));
        KeyRing oldEnded = CachedKeyRing.of(List.of(ORIGIN.keys(NOW * 2, Map.of("1", NOW - 1), "2")));
        KeyRing oldLasts = CachedKeyRing.of(List.of(ORIGIN.keys(NOW * 2, Map.of("1", NOW), "2")));

        assertDropped(check(VERSION, message(), ended), DropReason.KEY_UNKNOWN);
        assertAccepted(check(VERSION, message(), lasts), false);
        assertDropped(check(VERSION, message(), oldEnded), DropReason.KEY_UNKNOWN);
        assertAccepted(check(VERSION, message(), oldLasts), false);
    }

    @Test
    void aKeyClampedToSevenDaysDoesNotVouchForTheFarFuture() {
        long week = 7L * 24 * 3_600_000;
        KeyRing clamped = CachedKeyRing.of(List.of(ORIGIN.keys().validNoLongerThan(NOW - week - 1 + week)));

        assertDropped(check(VERSION, message(), clamped), DropReason.KEY_UNKNOWN);
    }

    @Test
    void aRestrictedJoinNeedsTheAuthorisingServersSignatureToo() {
        JsonObject join = ORIGIN.sign(
                VERSION,
                draft(VERSION, EventTypes.MEMBER)
                        .stateKey("@alice:origin.example")
                        .content(JsonObject.of(
                                "membership",
                                new JsonString("join"),
                                "join_authorised_via_users_server",
                                new JsonString("@bob:other.example")))
                        .build()
                        .toJson());
        JsonObject coSigned = EventSigning.addSignature(VERSION, join, OTHER.name(), OTHER.key());

        assertDropped(check(join), DropReason.SIGNATURE_MISSING);
        assertAccepted(check(coSigned), false);
        assertDropped(
                check(JsonSigning.withSignature(join, OTHER.name(), OTHER.key().id(), "AAAA")),
                DropReason.SIGNATURE_INVALID);
        assertThat(PduChecks.requiredSignatures(new UnverifiedPdu(VERSION, coSigned)))
                .containsOnlyKeys(ORIGIN.name(), OTHER.name());
    }

    /** The auth rules of version 8 and later ask it of every membership, not of joins alone. */
    @Test
    void anyMemberEventThatNamesAnAuthorisingUserNeedsThatServersSignature() {
        for (String user : List.of("\"@bob:other.example\"", "\"bob\"", "5", "null")) {
            JsonObject leave = ORIGIN.sign(
                    VERSION,
                    draft(VERSION, EventTypes.MEMBER)
                            .stateKey("@alice:origin.example")
                            .content(StrictJson.parseObject(
                                    "{\"membership\":\"leave\",\"join_authorised_via_users_server\":" + user + "}"))
                            .build()
                            .toJson());

            assertDropped(check(leave), DropReason.SIGNATURE_MISSING);
        }
    }

    private static JsonObject thirdPartyInvite(RoomVersion version) {
        return draft(version, EventTypes.MEMBER)
                .stateKey("@bob:other.example")
                .content(
                        StrictJson.parseObject(
                                "{\"membership\":\"invite\",\"third_party_invite\":"
                                        + "{\"display_name\":\"b...\",\"signed\":{\"mxid\":\"@bob:other.example\",\"token\":\"t\",\"signatures\":{}}}}"))
                .build()
                .toJson();
    }

    @Test
    void aThirdPartyInviteNeedsNoSignatureOfItsSendersServer() {
        for (RoomVersion version : List.of(RoomVersions.V10, RoomVersions.V11)) {
            JsonObject event = OTHER.sign(version, thirdPartyInvite(version));

            assertAccepted(check(version, event, KEYS), false);
            assertThat(PduChecks.requiredSignatures(new UnverifiedPdu(version, event)))
                    .isEmpty();
        }
    }

    /** Else anyone could forge an invite by anyone: a wrong hash would strip what the exemption rests on. */
    @Test
    void aThirdPartyInviteThatRedactionTurnsIntoAPlainInviteNeedsItsSendersSignature() {
        JsonObject forged =
                OTHER.sign(RoomVersions.V10, thirdPartyInvite(RoomVersions.V10)).with("extra", 1);

        assertDropped(check(RoomVersions.V10, forged, KEYS), DropReason.SIGNATURE_MISSING);
        JsonObject kept = OTHER.sign(VERSION, thirdPartyInvite(VERSION)).with("extra", 1);
        assertThat(assertAccepted(check(kept), true).content().has("third_party_invite"))
                .isTrue();
    }

    @Test
    void aJoinWithAThirdPartyInviteNeedsItsSendersSignature() {
        JsonObject draft = thirdPartyInvite(VERSION);
        JsonObject join =
                draft.with("content", draft.object("content").orElseThrow().with("membership", "join"));

        assertDropped(check(OTHER.sign(VERSION, join)), DropReason.SIGNATURE_MISSING);
    }

    @Test
    void tenThousandSignaturesCostNoMoreThanEightVerifications() {
        JsonObject.Builder ofOrigin = JsonObject.builder();
        JsonObject.Builder servers = JsonObject.builder();
        for (int i = 0; i < 300; i++) {
            ofOrigin.put("ed25519:k" + i, "AAAA");
            servers.put("s" + i + ".example", JsonObject.of("ed25519:1", new JsonString("AAAA")));
        }
        servers.put(ORIGIN.name().value(), ofOrigin.build());
        JsonObject event = EventSigning.addSignature(
                VERSION, message().with("signatures", servers.build()), ORIGIN.name(), ORIGIN.key());

        assertAccepted(check(event), false);
        assertThat(PduChecks.requiredSignatures(new UnverifiedPdu(VERSION, event)))
                .containsOnlyKeys(ORIGIN.name());
    }

    @Test
    void moreThanEightSignaturesByKnownKeysAreRefused() {
        String[] versions = {"1", "2", "3", "4", "5", "6", "7", "8", "9"};
        KeyRing nine = CachedKeyRing.of(List.of(ORIGIN.keys(versions)));
        JsonObject event = message();
        for (int i = 1; i < 8; i++) {
            event = EventSigning.addSignature(VERSION, event, ORIGIN.name(), ORIGIN.key(versions[i]));
        }

        assertAccepted(check(VERSION, event, nine), false);
        JsonObject oneMore = EventSigning.addSignature(VERSION, event, ORIGIN.name(), ORIGIN.key("9"));
        assertDropped(check(VERSION, oneMore, nine), DropReason.SIGNATURE_INVALID);
    }

    @Test
    void asksForNoKeysOfAnEventWhoseFormatIsWrong() {
        assertThat(PduChecks.requiredSignatures(
                        new UnverifiedPdu(VERSION, message().with("depth", "5"))))
                .isEmpty();
        assertThat(PduChecks.requiredSignatures(new UnverifiedPdu(VERSION, JsonObject.EMPTY)))
                .isEmpty();
    }

    @Test
    void aServerThatHasNotSignedIsListedWithoutKeys() {
        JsonObject event = message().with("signatures", JsonObject.EMPTY);

        assertThat(PduChecks.requiredSignatures(new UnverifiedPdu(VERSION, event)))
                .isEqualTo(Map.<ServerName, List<KeyId>>of(ORIGIN.name(), List.of()));
    }

    @Test
    void theFormatIsCheckedBeforeSignaturesAreEvenLookedAt() {
        KeyRing none = CachedKeyRing.of(List.of());

        assertDropped(check(VERSION, message().with("depth", -1), none), DropReason.FORMAT);
        assertDropped(check(VERSION, message(), none), DropReason.KEY_UNKNOWN);
    }

    @Test
    void acceptsKeysThatNeedCodePointOrder() {
        JsonObject event = ORIGIN.sign(
                VERSION,
                draft(VERSION, "m.room.message")
                        .content(JsonObject.of(
                                "\uFB01", new JsonString("\u0000\u2028/"), "\uD83D\uDE00", new JsonString("")))
                        .build()
                        .toJson());

        assertThat(assertAccepted(check(StrictJson.parseObject(event.toString())), false)
                        .json())
                .isEqualTo(event);
    }

    @Test
    void acceptsContentNestedNineHundredDeep() {
        String deep = "{\"a\":".repeat(900) + "1" + "}".repeat(900);
        JsonObject event = ORIGIN.sign(
                VERSION,
                draft(VERSION, "m.room.message")
                        .content(StrictJson.parseObject(deep))
                        .build()
                        .toJson());

        assertAccepted(check(StrictJson.parseObject(event.toString())), false);
    }
}
