package org.gatehouse.matrix.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.gatehouse.matrix.Vectors;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.StrictJson;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.roomversion.RoomVersion;
import org.gatehouse.matrix.roomversion.RoomVersions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EventHashesTest {

    static List<JsonObject> eventIds() {
        return Vectors.list("event_ids");
    }

    static List<JsonObject> policyVectors() {
        return Vectors.list(Vectors.object("policy_server"), "vectors");
    }

    @ParameterizedTest
    @MethodSource("eventIds")
    void computesTheIdOfARealEvent(JsonObject vector) {
        RoomVersion version = RoomVersions.require(Vectors.text(vector, "room_version"));

        assertThat(EventHashes.eventId(version, vector.object("event").orElseThrow()))
                .hasToString(Vectors.text(vector, "event_id"));
    }

    @ParameterizedTest
    @MethodSource("eventIds")
    void findsTheContentHashOfARealEventTrue(JsonObject vector) {
        JsonObject event = vector.object("event").orElseThrow();

        assertThat(EventHashes.hasTrueContentHash(event)).isTrue();
        assertThat(EventHashes.hasTrueContentHash(event.with("unsigned", JsonObject.EMPTY)))
                .isTrue();
        assertThat(EventHashes.hasTrueContentHash(event.with("extra", 1))).isFalse();
    }

    @ParameterizedTest
    @MethodSource("policyVectors")
    void computesTheIdsOfVersionsElevenAndTwelve(JsonObject vector) {
        RoomVersion version = RoomVersions.require(Vectors.text(vector, "room_version"));

        assertThat(EventHashes.eventId(version, vector.object("pdu").orElseThrow()))
                .hasToString(Vectors.text(vector, "event_id_computed_here"));
    }

    @Test
    void theIdDependsOnTheHashesButNotOnSignaturesAndUnsigned() {
        JsonObject event = Vectors.list("event_ids").get(0).object("event").orElseThrow();
        EventId id = EventHashes.eventId(RoomVersions.V4, event);

        assertThat(EventHashes.eventId(RoomVersions.V4, event.without("signatures", "unsigned")))
                .isEqualTo(id);
        assertThat(EventHashes.eventId(RoomVersions.V4, event.without("hashes")))
                .isNotEqualTo(id);
    }

    @Test
    void theContentHashCoversWhatRedactionDrops() {
        JsonObject event = StrictJson.parseObject("{\"type\":\"t\",\"content\":{\"body\":\"a\"}}");

        assertThat(EventHashes.contentHash(event))
                .isNotEqualTo(EventHashes.contentHash(event.with("content", JsonObject.EMPTY)));
        assertThat(EventHashes.hasTrueContentHash(EventHashes.withContentHash(event)))
                .isTrue();
    }

    @Test
    void toleratesPaddingInAContentHash() {
        JsonObject event = EventHashes.withContentHash(StrictJson.parseObject("{\"type\":\"t\",\"content\":{}}"));
        String hash = event.object("hashes").orElseThrow().string("sha256").orElseThrow();

        assertThat(hash).hasSize(43);
        assertThat(EventHashes.hasTrueContentHash(event.with("hashes", JsonObject.EMPTY.with("sha256", hash + "="))))
                .isTrue();
    }

    @Test
    void inVersionsOneAndTwoTheFieldIsTheId() {
        JsonObject event = StrictJson.parseObject("{\"type\":\"t\",\"content\":{},\"event_id\":\"$a:x\"}");

        assertThat(EventHashes.eventId(RoomVersions.V1, event)).isEqualTo(new EventId("$a:x"));
        assertThatThrownBy(() -> EventHashes.eventId(RoomVersions.V1, event.without("event_id")))
                .isInstanceOf(MalformedEvent.class);
    }
}
