package org.gatehouse.matrix.receipt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quicktheories.QuickTheory.qt;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.gatehouse.matrix.RandomJson;
import org.gatehouse.matrix.TestServer;
import org.gatehouse.matrix.canonicaljson.CanonicalJson;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.JsonValue;
import org.gatehouse.matrix.canonicaljson.StrictJson;
import org.gatehouse.matrix.event.ClientEvents;
import org.gatehouse.matrix.event.EventDraft;
import org.gatehouse.matrix.event.EventHashes;
import org.gatehouse.matrix.event.EventSizes;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.event.Redaction;
import org.gatehouse.matrix.event.StoredPdus;
import org.gatehouse.matrix.event.UnverifiedPdu;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.roomversion.EventIdFormat;
import org.gatehouse.matrix.roomversion.RoomVersion;
import org.gatehouse.matrix.roomversion.RoomVersions;
import org.junit.jupiter.api.Test;
import org.quicktheories.core.Gen;
import org.quicktheories.core.RandomnessSource;

/** What holds of every event of every room version, good or spoilt. */
class ReceiptPropertiesTest {

    private static final TestServer ORIGIN = new TestServer("origin.example");
    private static final List<RoomVersion> VERSIONS = Stream.concat(
                    IntStream.rangeClosed(1, 12).mapToObj(number -> RoomVersions.require("" + number)),
                    RoomVersions.unstable().stream())
            .toList();
    private static final List<String> TYPES = List.of(
            "m.room.message",
            "m.room.create",
            "m.room.member",
            "m.room.join_rules",
            "m.room.power_levels",
            "m.room.aliases",
            "m.room.history_visibility",
            "m.room.redaction",
            "m.room.server_acl",
            "x");
    private static final List<String> CONTENT_KEYS = List.of(
            "membership",
            "creator",
            "join_rule",
            "allow",
            "third_party_invite",
            "users",
            "ban",
            "invite",
            "aliases",
            "redacts",
            "history_visibility",
            "join_authorised_via_users_server");
    private static final List<String> TOP_LEVEL_KEYS = List.of(
            "event_id",
            "type",
            "room_id",
            "sender",
            "state_key",
            "content",
            "hashes",
            "signatures",
            "depth",
            "prev_events",
            "prev_state",
            "auth_events",
            "origin",
            "origin_server_ts",
            "membership",
            "redacts",
            "unsigned",
            "age_ts",
            "");

    /** An event that its server has hashed and signed. */
    private record Signed(RoomVersion version, JsonObject event) {}

    /** Events of good form, content and extra keys at random. */
    private static Gen<Signed> good() {
        return source -> {
            RoomVersion version = RandomJson.oneOf(source, VERSIONS);
            return new Signed(version, ORIGIN.sign(version, draft(source, version)));
        };
    }

    /** As {@link #good}, with one to three of the top-level keys set to anything or taken away, before or after signing. */
    private static Gen<Signed> spoilt() {
        return source -> {
            RoomVersion version = RandomJson.oneOf(source, VERSIONS);
            JsonObject draft = spoil(source, draft(source, version));
            boolean signable = draft.string("type").isPresent();
            JsonObject signed = signable ? ORIGIN.sign(version, draft) : draft;
            return new Signed(version, RandomJson.upTo(source, 1) == 0 ? signed : spoil(source, signed));
        };
    }

    private static JsonObject draft(RandomnessSource source, RoomVersion version) {
        String type = RandomJson.oneOf(source, TYPES);
        EventDraft.Builder draft = EventDraft.builder(
                        version, ORIGIN.user(RandomJson.text(source, 3).replaceAll("[\0:]", "")), type)
                .content(content(source, !version.strictJson()))
                .prevEvents(ids(source, 20))
                .authEvents(ids(source, 10))
                .depth(RandomJson.upTo(source, 1_000_000))
                .originServerTs(RandomJson.upTo(source, 1_000_000));
        if (RandomJson.upTo(source, 1) == 1) {
            draft.stateKey(RandomJson.text(source, 5));
        }
        if (version.eventIdFormat() == EventIdFormat.FIELD) {
            draft.eventId(new EventId("$named:origin.example"));
        }
        if (!version.roomIdIsCreateHash()) {
            draft.roomId(new RoomId("!room:origin.example"));
        } else if (!type.equals("m.room.create")) {
            draft.roomId(new RoomId("!L58ME6ufiP49v97UIOBIpvWKEgj4912JmECPuDzlvCI"));
        }
        JsonObject json = draft.build().toJson();
        return RandomJson.upTo(source, 3) == 3
                ? json.with("extra" + RandomJson.text(source, 2), RandomJson.value(source, 2, !version.strictJson()))
                : json;
    }

    private static JsonObject content(RandomnessSource source, boolean looseNumbers) {
        JsonObject content = JsonObject.EMPTY;
        for (int keys = RandomJson.upTo(source, 5); keys > 0; keys--) {
            String key = RandomJson.upTo(source, 3) > 0
                    ? RandomJson.oneOf(source, CONTENT_KEYS)
                    : RandomJson.text(source, 3);
            content = content.with(key, RandomJson.value(source, 2, looseNumbers));
        }
        // An authorising user would need the signature of its server, and an invite by third party none.
        return content.has("third_party_invite") ? content.without("join_authorised_via_users_server") : content;
    }

    private static List<EventId> ids(RandomnessSource source, int most) {
        return IntStream.range(0, RandomJson.upTo(source, most))
                .mapToObj(i -> new EventId("$event" + i + ":x"))
                .toList();
    }

    private static JsonObject spoil(RandomnessSource source, JsonObject event) {
        JsonObject spoilt = event;
        for (int changes = 1 + RandomJson.upTo(source, 2); changes > 0; changes--) {
            String key = RandomJson.oneOf(source, TOP_LEVEL_KEYS);
            JsonValue value = RandomJson.value(source, 2, true);
            spoilt = RandomJson.upTo(source, 2) == 0 ? spoilt.without(key) : spoilt.with(key, value);
        }
        return spoilt;
    }

    private static ReceiptOutcome check(Signed signed) {
        return PduChecks.check(new UnverifiedPdu(signed.version(), signed.event()), ORIGIN.ring());
    }

    @Test
    void redactionIsIdempotent() {
        qt().forAll(spoilt()).checkAssert(signed -> {
            JsonObject redacted = Redaction.redact(signed.version(), signed.event());

            assertThat(Redaction.redact(signed.version(), redacted)).isEqualTo(redacted);
        });
    }

    @Test
    void redactionLeavesTheIdTheSignedBytesAndTheReferenceHash() {
        qt().forAll(good()).checkAssert(signed -> {
            RoomVersion version = signed.version();
            JsonObject redacted = Redaction.redact(version, signed.event());

            assertThat(EventHashes.eventId(version, redacted)).isEqualTo(EventHashes.eventId(version, signed.event()));
            assertThat(EventHashes.referenceBytes(version, redacted))
                    .isEqualTo(EventHashes.referenceBytes(version, signed.event()))
                    .isEqualTo(CanonicalJson.write(redacted.without("signatures")));
        });
    }

    @Test
    void redactionAddsNothing() {
        qt().forAll(good())
                .checkAssert(signed -> Redaction.redact(signed.version(), signed.event())
                        .forEach((key, value) -> assertThat(key.equals("content")
                                        || signed.event().get(key).equals(Optional.of(value)))
                                .isTrue()));
    }

    @Test
    void acceptMeansSerialisable() {
        qt().forAll(spoilt())
                .checkAssert(signed -> check(signed).accepted().ifPresent(pdu -> {
                    byte[] stored = pdu.canonicalBytes();
                    Pdu read = StoredPdus.read(signed.version(), stored);

                    assertThat(read.json())
                            .isEqualTo(StrictJson.parseObject(pdu.json().toString()));
                    assertThat(read.canonicalBytes()).isEqualTo(stored);
                    assertThat(read.eventId()).isEqualTo(pdu.eventId());
                    assertThat(stored.length).isLessThanOrEqualTo(EventSizes.MAX_EVENT_BYTES);
                    assertThat(StrictJson.parse(CanonicalJson.write(ClientEvents.toClientFormat(read))))
                            .isNotNull();
                }));
    }

    @Test
    void whatWasAcceptedIsAcceptedAgainFromItsStoredForm() {
        qt().forAll(spoilt())
                .checkAssert(signed -> check(signed).accepted().ifPresent(pdu -> {
                    ReceiptOutcome again = check(new Signed(
                            signed.version(), StrictJson.parseObject(pdu.json().toString())));

                    assertThat(again.accepted().map(Pdu::eventId)).contains(pdu.eventId());
                    assertThat(again.accepted().map(Pdu::canonicalBytes)).contains(pdu.canonicalBytes());
                }));
    }

    @Test
    void aSpoiltEventIsAcceptedOrDroppedButNeverThrows() {
        AtomicInteger accepted = new AtomicInteger();
        AtomicInteger dropped = new AtomicInteger();
        qt().forAll(spoilt()).checkAssert(signed -> {
            UnverifiedPdu pdu = new UnverifiedPdu(signed.version(), signed.event());

            ReceiptOutcome outcome = PduChecks.check(pdu, ORIGIN.ring());

            (outcome.isAccepted() ? accepted : dropped).incrementAndGet();
            assertThat(PduChecks.requiredSignatures(pdu)).isNotNull();
            assertThat(pdu.eventId()).isNotNull();
        });
        assertThat(accepted).as("events that the others rest on").hasValueGreaterThan(100);
        assertThat(dropped).hasValueGreaterThan(100);
    }

    @Test
    void everyGoodEventThatNeedsNoOtherServerIsAcceptedAsItIs() {
        qt().forAll(good()).assuming(ReceiptPropertiesTest::needsNoOtherServer).checkAssert(signed -> {
            ReceiptOutcome outcome = check(signed);

            assertThat(outcome.accepted().map(Pdu::json)).contains(signed.event());
        });
    }

    private static boolean needsNoOtherServer(Signed signed) {
        return signed.event()
                .object("content")
                .orElseThrow()
                .get("join_authorised_via_users_server")
                .isEmpty();
    }
}
