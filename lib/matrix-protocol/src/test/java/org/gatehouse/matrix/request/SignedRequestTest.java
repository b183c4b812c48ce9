package org.gatehouse.matrix.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.gatehouse.matrix.Vectors;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.JsonValue;
import org.gatehouse.matrix.canonicaljson.StrictJson;
import org.gatehouse.matrix.identifier.KeyId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.request.XMatrixParse.Parsed;
import org.gatehouse.matrix.signing.SigningKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SignedRequestTest {

    private static final ServerName ORIGIN = new ServerName("origin.example");
    private static final ServerName DESTINATION = new ServerName("destination.example:8448");
    private static final SigningKey KEY = SigningKey.fromSeed(new byte[32], new KeyId("ed25519:1"));

    static List<JsonObject> vectors() {
        return Vectors.list(Vectors.object("x_matrix_requests"), "vectors");
    }

    private static SigningKey vectorKey(JsonObject vector) {
        return SigningKey.fromSeedBase64(
                Vectors.text(Vectors.object("x_matrix_requests"), "seed_b64"), new KeyId(Vectors.text(vector, "key")));
    }

    private static SignedRequest request(String method, String uri, String body) {
        return new SignedRequest(
                method,
                uri,
                ORIGIN,
                DESTINATION,
                body.isEmpty()
                        ? Optional.empty()
                        : Optional.of(StrictJson.parse(body.getBytes(StandardCharsets.UTF_8))));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void signsRequestsAsOthersDo(JsonObject vector) {
        JsonObject signed = vector.object("signed_object").orElseThrow();
        SigningKey key = vectorKey(vector);
        Optional<JsonValue> content = signed.get("content");
        SignedRequest request = new SignedRequest(
                Vectors.text(signed, "method"),
                Vectors.text(signed, "uri"),
                new ServerName(Vectors.text(signed, "origin")),
                new ServerName(Vectors.text(signed, "destination")),
                content);

        assertThat(request.signingBytes()).asString(StandardCharsets.UTF_8).isEqualTo(signed.toString());
        assertThat(key.signBase64(request.signingBytes())).isEqualTo(Vectors.text(vector, "sig"));
        assertThat(request.verify(key.id(), Vectors.text(vector, "sig"), key.verifyKey()))
                .isTrue();
    }

    @Test
    void theVectorsKeyIsTheirSeeds() {
        assertThat(vectorKey(vectors().get(0)).verifyKey().toBase64())
                .isEqualTo(Vectors.text(Vectors.object("x_matrix_requests"), "public_key_b64"));
    }

    @Test
    void anyOtherRequestDoesNotVerify() {
        String signature =
                KEY.signBase64(request("PUT", "/_matrix/a?x=1&y=2", "{\"a\":1}").signingBytes());

        assertThat(verifies("PUT", "/_matrix/a?x=1&y=2", "{\"a\":1}", signature))
                .isTrue();
        assertThat(verifies("POST", "/_matrix/a?x=1&y=2", "{\"a\":1}", signature))
                .isFalse();
        assertThat(verifies("PUT", "/_matrix/b?x=1&y=2", "{\"a\":1}", signature))
                .isFalse();
        assertThat(verifies("PUT", "/_matrix/a?y=2&x=1", "{\"a\":1}", signature))
                .isFalse();
        assertThat(verifies("PUT", "/_matrix/a?x=1&y=2", "{\"a\":2}", signature))
                .isFalse();
        assertThat(verifies("PUT", "/_matrix/a?x=1&y=2", "", signature)).isFalse();
        assertThat(new SignedRequest(
                                "PUT",
                                "/_matrix/a?x=1&y=2",
                                ORIGIN,
                                ORIGIN,
                                request("PUT", "", "{\"a\":1}").content())
                        .verify(KEY.id(), signature, KEY.verifyKey()))
                .isFalse();
    }

    @Test
    void whiteSpaceAndKeyOrderOfTheBodyDoNotCount() {
        String signature = KEY.signBase64(
                request("PUT", "/_matrix/a", "{\"a\":1,\"b\":\"/\"}").signingBytes());

        assertThat(verifies("PUT", "/_matrix/a", " { \"b\" : \"\\/\" , \"a\" : 1 } ", signature))
                .isTrue();
    }

    @Test
    void aBodyWithAFloatVerifiesByItsText() {
        String signature = KEY.signBase64(
                request("PUT", "/_matrix/a", "{\"pdus\":[{\"x\":1.1}]}").signingBytes());

        assertThat(verifies("PUT", "/_matrix/a", "{\"pdus\": [{\"x\": 1.1}]}", signature))
                .isTrue();
        assertThat(verifies("PUT", "/_matrix/a", "{\"pdus\": [{\"x\": 1.10}]}", signature))
                .isFalse();
    }

    @Test
    void anEmptyBodyIsNotNoBody() {
        assertThat(request("POST", "/_matrix/a", "{}").signingBytes())
                .asString(StandardCharsets.UTF_8)
                .contains("\"content\":{}");
        assertThat(request("GET", "/_matrix/a", "").signingBytes())
                .asString(StandardCharsets.UTF_8)
                .doesNotContain("content");
    }

    @Test
    void aPathIsSignedAsItCameNonAsciiIncluded() {
        SignedRequest raw = request("GET", "/_matrix/%E2%82%ac/a%2Fb//c/?q=é", "");

        assertThat(raw.signingBytes())
                .asString(StandardCharsets.UTF_8)
                .contains("\"/_matrix/%E2%82%ac/a%2Fb//c/?q=é\"");
    }

    @Test
    void readsTheHeaderThatItWrites() {
        SignedRequest request = request("GET", "/_matrix/a", "");

        Parsed parsed =
                XMatrix.parse(List.of(request.authorization(KEY))).parsed().orElseThrow();

        assertThat(parsed.origin()).isEqualTo(ORIGIN);
        assertThat(parsed.destination()).contains(DESTINATION);
        assertThat(parsed.signatures()).singleElement().satisfies(signature -> {
            assertThat(signature.keyId()).isEqualTo(KEY.id());
            assertThat(request.verify(signature.keyId(), signature.signature(), KEY.verifyKey()))
                    .isTrue();
        });
    }

    @Test
    void writesTheHeaderThatTheMostServersRead() {
        assertThat(SignedRequest.header(ORIGIN, DESTINATION, KEY.id(), "c2ln"))
                .isEqualTo("X-Matrix origin=\"origin.example\",destination=\"destination.example:8448\","
                        + "key=\"ed25519:1\",sig=\"c2ln\"");
    }

    private static boolean verifies(String method, String uri, String body, String signature) {
        return request(method, uri, body).verify(KEY.id(), signature, KEY.verifyKey());
    }
}
