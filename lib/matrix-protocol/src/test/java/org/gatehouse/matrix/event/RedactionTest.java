package org.gatehouse.matrix.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.gatehouse.matrix.Vectors;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.StrictJson;
import org.gatehouse.matrix.roomversion.RoomVersion;
import org.gatehouse.matrix.roomversion.RoomVersions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RedactionTest {

    static Stream<Arguments> cases() {
        List<JsonObject> cases =
                StrictJson.parse(Vectors.bytes("vectors/redaction.json")).asArray().orElseThrow().values().stream()
                        .map(each -> each.asObject().orElseThrow())
                        .toList();
        return cases.stream()
                .flatMap(each -> each.array("versions").orElseThrow().strings().stream()
                        .map(version -> Arguments.of(
                                Vectors.text(each, "claim"),
                                RoomVersions.require(version),
                                each.object("event").orElseThrow(),
                                each.object("redacted").orElseThrow())));
    }

    @ParameterizedTest(name = "{1}: {0}")
    @MethodSource("cases")
    void leaves(String claim, RoomVersion version, JsonObject event, JsonObject redacted) {
        assertThat(Redaction.redact(version, event)).as(claim).isEqualTo(redacted);
    }

    @ParameterizedTest(name = "{1}: {0}")
    @MethodSource("cases")
    void changesNothingTheSecondTime(String claim, RoomVersion version, JsonObject event, JsonObject redacted) {
        assertThat(Redaction.redact(version, redacted)).as(claim).isEqualTo(redacted);
    }

    @ParameterizedTest(name = "{1}: {0}")
    @MethodSource("cases")
    void doesNotChangeTheId(String claim, RoomVersion version, JsonObject event, JsonObject redacted) {
        assertThat(EventHashes.eventId(version, redacted)).as(claim).isEqualTo(EventHashes.eventId(version, event));
    }

    @Test
    void contentThatIsNoObjectBecomesEmpty() {
        JsonObject event = StrictJson.parseObject("{\"type\":\"m.room.create\",\"content\":[1]}");

        assertThat(Redaction.redact(RoomVersions.V12, event))
                .hasToString("{\"content\":{},\"type\":\"m.room.create\"}");
    }
}
