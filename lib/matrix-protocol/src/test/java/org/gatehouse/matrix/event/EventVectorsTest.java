package org.gatehouse.matrix.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.gatehouse.matrix.TestServer;
import org.gatehouse.matrix.Vectors;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.StrictJson;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.receipt.PduChecks;
import org.gatehouse.matrix.receipt.ReceiptOutcome;
import org.gatehouse.matrix.receipt.ReceiptOutcome.Accepted;
import org.gatehouse.matrix.roomversion.RoomVersion;
import org.gatehouse.matrix.roomversion.RoomVersions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What another implementation computed of the same events, see {@code src/test/vectors/README.md}. */
class EventVectorsTest {

    private static final TestServer ORIGIN = new TestServer("origin.example");

    /** One line of the file. */
    record Vector(RoomVersion version, String claim, JsonObject event, JsonObject redacted, JsonObject json) {

        static Vector read(String line) {
            JsonObject json = StrictJson.parseObject(line);
            return new Vector(
                    RoomVersions.require(Vectors.text(json, "room_version")),
                    Vectors.text(json, "claim"),
                    json.object("event").orElseThrow(),
                    json.object("redacted").orElseThrow(),
                    json);
        }

        EventId eventId() {
            return new EventId(Vectors.text(json, "event_id"));
        }

        @Override
        public String toString() {
            return "version " + version + ": " + claim;
        }
    }

    static List<Vector> vectors() {
        String lines = new String(Vectors.bytes("vectors/events.jsonl"), StandardCharsets.UTF_8);
        return Stream.of(lines.split("\n", 0)).map(Vector::read).toList();
    }

    @Test
    void thereAreVectorsOfEveryVersion() {
        assertThat(vectors().stream().map(vector -> vector.version().id()).distinct())
                .containsExactly(
                        "1",
                        "2",
                        "3",
                        "4",
                        "5",
                        "6",
                        "7",
                        "8",
                        "9",
                        "10",
                        "11",
                        "12",
                        "org.matrix.hydra.11",
                        "org.matrix.msc1767.10");
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void redacts(Vector vector) {
        JsonObject redacted = Redaction.redact(vector.version(), vector.event());

        assertThat(redacted).isEqualTo(vector.redacted());
        assertThat(Redaction.redact(vector.version(), redacted)).isEqualTo(redacted);
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void hashes(Vector vector) {
        assertThat(EventHashes.contentHash(vector.event())).isEqualTo(Vectors.text(vector.json(), "content_hash"));
        assertThat(EventHashes.hasTrueContentHash(vector.event())).isTrue();
        assertThat(EventHashes.referenceHash(vector.version(), vector.event()))
                .isEqualTo(Vectors.text(vector.json(), "reference_hash"));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void names(Vector vector) {
        EventId id = EventHashes.eventId(vector.version(), vector.event());

        assertThat(id).isEqualTo(vector.eventId());
        assertThat(vector.version().eventIdFormat().accepts(id)).isTrue();
        assertThat(EventHashes.eventId(vector.version(), vector.redacted())).isEqualTo(id);
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void signs(Vector vector) {
        JsonObject draft = vector.event().without("hashes", "signatures");

        assertThat(ORIGIN.sign(vector.version(), draft))
                .isEqualTo(vector.event().without("unsigned"));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void isAcceptedOnReceipt(Vector vector) {
        ReceiptOutcome outcome = PduChecks.check(new UnverifiedPdu(vector.version(), vector.event()), ORIGIN.ring());

        assertThat(outcome).isInstanceOf(Accepted.class);
        assertThat(((Accepted) outcome).redacted()).isFalse();
        assertThat(((Accepted) outcome).pdu().eventId()).isEqualTo(vector.eventId());
        assertThat(((Accepted) outcome).pdu().json()).isEqualTo(vector.event().without("unsigned"));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void aRedactedCopyIsAcceptedAsSuch(Vector vector) {
        ReceiptOutcome outcome = PduChecks.check(
                new UnverifiedPdu(vector.version(), vector.redacted().with("content", spoilt(vector))), ORIGIN.ring());

        assertThat(outcome.accepted().map(Pdu::eventId)).contains(vector.eventId());
        assertThat(outcome.accepted().map(Pdu::json)).contains(vector.redacted());
    }

    /** Content with something more in it, unless the version keeps all of it. */
    private static JsonObject spoilt(Vector vector) {
        JsonObject content = vector.redacted().object("content").orElseThrow();
        JsonObject more = content.with("gatehouse.unknown", 1);
        JsonObject event = vector.redacted().with("content", more);
        return Redaction.redact(vector.version(), event).equals(vector.redacted()) ? more : content;
    }
}
