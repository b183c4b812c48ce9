package org.gatehouse.testkit.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.gatehouse.matrix.canonicaljson.CanonicalJson;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.StrictJson;
import org.gatehouse.matrix.event.EventHashes;
import org.gatehouse.matrix.event.Redaction;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.roomversion.RoomVersion;
import org.gatehouse.matrix.roomversion.RoomVersions;
import org.gatehouse.matrix.signing.EventSigning;
import org.gatehouse.testkit.PeerIdentity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Two ways to the same answer: where they differ, one of them is wrong. */
class SecondOpinionTest {

    private static final PeerIdentity SERVER = PeerIdentity.of("peer.example");
    private static final SecondOpinion OPINION = new SecondOpinion(Map.of(
            SERVER.name(),
            Map.of(SERVER.key().id().toString(), SERVER.key().verifyKey().toBase64())));

    private static final Map<String, JsonObject> CONTENTS = Map.of(
            "m.room.message", StrictJson.parseObject("{\"body\":\"\\u00e9\\ud83d\\ude00\\u0007\\\"\",\"n\":-12}"),
            "m.room.create", StrictJson.parseObject("{\"creator\":\"@a:peer.example\",\"room_version\":\"9\",\"x\":1}"),
            "m.room.member",
                    StrictJson.parseObject("{\"membership\":\"leave\",\"reason\":\"none\",\"displayname\":null,"
                            + "\"third_party_invite\":{\"signed\":{\"token\":\"t\"},\"display_name\":\"d\"}}"),
            "m.room.join_rules", StrictJson.parseObject("{\"join_rule\":\"public\",\"allow\":[{\"a\":true}],\"z\":{}}"),
            "m.room.power_levels",
                    StrictJson.parseObject("{\"ban\":50,\"events\":{\"a\":1},\"events_default\":0,\"invite\":2,"
                            + "\"kick\":50,\"notifications\":{\"room\":9},\"redact\":50,\"state_default\":50,"
                            + "\"users\":{\"@a:peer.example\":100},\"users_default\":0}"),
            "m.room.aliases", StrictJson.parseObject("{\"aliases\":[\"#a:peer.example\"],\"b\":false}"),
            "m.room.history_visibility", StrictJson.parseObject("{\"history_visibility\":\"shared\",\"c\":\"d\"}"),
            "m.room.redaction", StrictJson.parseObject("{\"reason\":\"spam\",\"redacts\":\"$x\"}"));

    static List<RoomVersion> versions() {
        return List.copyOf(RoomVersions.supported());
    }

    @ParameterizedTest
    @MethodSource("versions")
    void agreesWithTheServicesOnWhatIsGood(RoomVersion version) {
        CONTENTS.forEach((type, content) -> {
            JsonObject event = event(version, type, content);
            JsonObject signed = EventSigning.hashAndSign(version, event, SERVER.name(), SERVER.key());
            EventId id = EventHashes.eventId(version, signed);
            assertThat(OPINION.wrongWith(version.id(), id, signed)).as(type).isEmpty();
            JsonObject redacted = Redaction.redact(version, signed);
            assertThat(PlainCanonicalJson.write(PlainRedaction.redact(version.id(), signed)))
                    .as(type)
                    .isEqualTo(CanonicalJson.writeString(redacted));
            assertThat(OPINION.wrongWith(version.id(), id, redacted)).as(type).isEmpty();
        });
    }

    @ParameterizedTest
    @MethodSource("versions")
    void seesWhatIsBad(RoomVersion version) {
        JsonObject signed = EventSigning.hashAndSign(
                version, event(version, "m.room.message", CONTENTS.get("m.room.message")), SERVER.name(), SERVER.key());
        EventId id = EventHashes.eventId(version, signed);
        assertThat(OPINION.wrongWith(version.id(), id, signed.with("content", JsonObject.EMPTY.with("body", "b"))))
                .containsExactly("has a wrong content hash");
        assertThat(OPINION.wrongWith(version.id(), id, signed.without("signatures")))
                .contains("has no good signature of peer.example");
        assertThat(OPINION.wrongWith(version.id(), new EventId("$another"), signed))
                .anyMatch(fact -> fact.startsWith("has the bytes of another event"));
        assertThat(new SecondOpinion(Map.of()).wrongWith(version.id(), id, signed))
                .contains("has no good signature of peer.example");
        JsonObject later = signed.with("depth", 9);
        assertThat(OPINION.wrongWith(version.id(), id, later)).contains("has no good signature of peer.example");
    }

    @Test
    void sortsByCodePointsAndEscapesAsTheSpecificationDoes() {
        JsonObject object = JsonObject.EMPTY
                .with("\uFB01", 1)
                .with("\uD83D\uDE00", 2)
                .with("a", "\u001f\n\u007f/")
                .with("", JsonArray.EMPTY);
        String written = PlainCanonicalJson.write(object);
        assertThat(written).isEqualTo("{\"\":[],\"a\":\"\\u001f\\n\u007f/\",\"\uFB01\":1,\"\uD83D\uDE00\":2}");
        assertThat(written.getBytes(StandardCharsets.UTF_8)).isEqualTo(CanonicalJson.write(object));
    }

    private static JsonObject event(RoomVersion version, String type, JsonObject content) {
        JsonObject event = JsonObject.EMPTY
                .with("type", type)
                .with("sender", "@a:peer.example")
                .with("room_id", "!r:peer.example")
                .with("state_key", "")
                .with("content", content)
                .with("depth", 7)
                .with("origin_server_ts", 1_700_000_000_000L)
                .with("prev_events", JsonArray.EMPTY)
                .with("auth_events", JsonArray.EMPTY)
                .with("origin", "peer.example")
                .with("prev_state", JsonArray.EMPTY)
                .with("redacts", "$y")
                .with("unsigned", JsonObject.EMPTY.with("age_ts", 5));
        boolean named = version.id().equals("1") || version.id().equals("2");
        return named ? event.with("event_id", "$e:peer.example") : event;
    }
}
