package org.gatehouse.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.gatehouse.matrix.canonicaljson.CanonicalJson;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.JsonValue;
import org.gatehouse.matrix.canonicaljson.StrictJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The lab says what the specification's test vectors say. */
class VectorsTest {

    private static final Path FOLDER = Path.of("../lib/matrix-protocol/src/test/resources/vectors");
    private static final JsonObject VECTORS = StrictJson.parseObject(read("vectors.json"));

    private static byte[] read(String file) {
        try {
            return Files.readAllBytes(FOLDER.resolve(file));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Stream<JsonObject> vectors(String name) {
        return VECTORS.array(name).orElseThrow().values().stream()
                .map(value -> value.asObject().orElseThrow());
    }

    static Stream<JsonObject> canonicalJson() {
        return vectors("canonical_json").filter(vector -> vector.has("canonical"));
    }

    static Stream<JsonObject> strictness() {
        return vectors("canonical_json_strictness");
    }

    static Stream<JsonObject> signedObjects() {
        return vectors("sign_json");
    }

    static Stream<JsonObject> signedEvents() {
        return vectors("sign_event");
    }

    static Stream<JsonObject> eventIds() {
        return vectors("event_ids");
    }

    static Stream<JsonObject> redactions() {
        return StrictJson.parse(read("redaction.json")).asArray().orElseThrow().values().stream()
                .map(value -> value.asObject().orElseThrow());
    }

    private static JsonObject.Builder signer() {
        return JsonObject.builder()
                .putIfPresent("server_name", VECTORS.get("signing_server_name"))
                .putIfPresent("key_id", VECTORS.get("signing_key_id"))
                .putIfPresent("seed", VECTORS.get("signing_seed_b64"));
    }

    private static JsonObject.Builder verifier() {
        return JsonObject.builder()
                .putIfPresent("server_name", VECTORS.get("signing_server_name"))
                .put(
                        "keys",
                        JsonObject.of(
                                VECTORS.string("signing_key_id").orElseThrow(),
                                VECTORS.get("signing_public_key_b64").orElseThrow()));
    }

    private static JsonObject answer(JsonObject.Builder request, String command) {
        return LabRun.of(CanonicalJson.writeString(request.build()), command).answer();
    }

    @ParameterizedTest
    @MethodSource("canonicalJson")
    void canonical(JsonObject vector) {
        String input = "{\"value\":" + vector.string("input").orElseThrow() + "}";

        assertThat(LabRun.of(input, "canonical").answer().string("canonical")).isEqualTo(vector.string("canonical"));
    }

    @ParameterizedTest
    @MethodSource("strictness")
    void canonicalByRoomVersion(JsonObject vector) {
        String value = "{\"value\":" + vector.string("json").orElseThrow() + ",\"room_version\":";

        assertThat(LabRun.of(value + "\"5\"}", "canonical").exitCode()).isZero();
        assertThat(LabRun.of(value + "\"6\"}", "canonical").error()).contains("not canonical JSON");
    }

    @ParameterizedTest
    @MethodSource("signedObjects")
    void signAndVerifyAnObject(JsonObject vector) {
        JsonValue signed = vector.get("signed").orElseThrow();

        assertThat(answer(signer().put("object", vector.get("input").orElseThrow()), "sign")
                        .get("object"))
                .contains(signed);
        assertThat(answer(verifier().put("object", signed), "verify")).hasToString("{\"reason\":\"\",\"valid\":true}");
    }

    @ParameterizedTest
    @MethodSource("signedEvents")
    void signAndVerifyAnEvent(JsonObject vector) {
        JsonValue signed = vector.get("signed").orElseThrow();

        assertThat(answer(
                                signer().put("room_version", "1")
                                        .put("event", vector.get("input").orElseThrow()),
                                "sign")
                        .get("event"))
                .contains(signed);
        assertThat(answer(verifier().put("room_version", "1").put("event", signed), "verify"))
                .hasToString("{\"content_hash_matches\":true,\"reason\":\"\",\"valid\":true}");
    }

    @ParameterizedTest
    @MethodSource("eventIds")
    void eventIdAndHashes(JsonObject vector) {
        JsonObject event = vector.object("event").orElseThrow();
        String version = vector.string("room_version").orElseThrow();
        JsonObject.Builder request =
                JsonObject.builder().put("room_version", version).put("event", event);

        assertThat(answer(request, "event-id").string("event_id")).isEqualTo(vector.string("event_id"));
        assertThat(answer(request, "hash").string("reference_hash").map(hash -> "$" + hash))
                .isEqualTo(vector.string("event_id"));
    }

    @ParameterizedTest
    @MethodSource("redactions")
    void redact(JsonObject vector) {
        for (String version : vector.array("versions").orElseThrow().strings()) {
            JsonObject.Builder request = JsonObject.builder()
                    .put("room_version", version)
                    .put("event", vector.get("event").orElseThrow());

            assertThat(answer(request, "redact").get("event")).as(version).isEqualTo(vector.get("redacted"));
        }
    }

    @Test
    void hashesInRoomVersions1And2() {
        JsonObject event = StrictJson.parseObject("""
                {"type":"X","event_id":"$one:domain","content":{},"hashes":{"sha256":"5jM4wQpv6lnBo7CLIghJuHdW+s2CMBJPUOGOC89ncos"}}""");
        JsonObject.Builder request =
                JsonObject.builder().put("room_version", "1").put("event", event);

        assertThat(answer(request, "event-id").string("event_id")).contains("$one:domain");
        assertThat(answer(request, "hash").string("reference_hash").orElseThrow())
                .hasSize(43);
    }
}
