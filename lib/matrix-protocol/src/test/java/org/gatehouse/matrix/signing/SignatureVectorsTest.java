package org.gatehouse.matrix.signing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.gatehouse.matrix.Vectors;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.event.EventHashes;
import org.gatehouse.matrix.identifier.KeyId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.roomversion.RoomVersion;
import org.gatehouse.matrix.roomversion.RoomVersions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SignatureVectorsTest {

    private static final ServerName DOMAIN = new ServerName(Vectors.text(Vectors.ALL, "signing_server_name"));
    private static final SigningKey KEY = SigningKey.fromSeedBase64(
            Vectors.text(Vectors.ALL, "signing_seed_b64"), new KeyId(Vectors.text(Vectors.ALL, "signing_key_id")));

    private static final RoomVersion VERSION = RoomVersions.V1;

    static List<JsonObject> signedJson() {
        return Vectors.list("sign_json");
    }

    static List<JsonObject> signedEvents() {
        return Vectors.list("sign_event");
    }

    static List<JsonObject> policyVectors() {
        return Vectors.list(Vectors.object("policy_server"), "vectors");
    }

    @Test
    void theSeedMakesThePublicKey() {
        assertThat(KEY.verifyKey().toBase64()).isEqualTo(Vectors.text(Vectors.ALL, "signing_public_key_b64"));
    }

    @ParameterizedTest
    @MethodSource("signedJson")
    void signsJsonAsTheSpecificationDoes(JsonObject vector) {
        JsonObject signed = JsonSigning.sign(vector.object("input").orElseThrow(), DOMAIN, KEY);

        assertThat(signed).isEqualTo(vector.object("signed").orElseThrow());
        assertThat(JsonSigning.verify(signed, DOMAIN, KEY.id(), KEY.verifyKey()))
                .isTrue();
        assertThat(JsonSigning.verify(signed.with("x", 1), DOMAIN, KEY.id(), KEY.verifyKey()))
                .isFalse();
    }

    @ParameterizedTest
    @MethodSource("signedEvents")
    void signsEventsAsTheSpecificationDoes(JsonObject vector) {
        JsonObject expected = vector.object("signed").orElseThrow();

        JsonObject signed =
                EventSigning.hashAndSign(VERSION, vector.object("input").orElseThrow(), DOMAIN, KEY);

        assertThat(signed).isEqualTo(expected.without("unsigned"));
        assertThat(EventSigning.verify(VERSION, expected, DOMAIN, KEY.id(), KEY.verifyKey()))
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("policyVectors")
    void verifiesThePolicyServersSignatures(JsonObject vector) {
        RoomVersion version = RoomVersions.require(Vectors.text(vector, "room_version"));
        JsonObject event = vector.object("pdu").orElseThrow();
        VerifyKey key = VerifyKey.fromBase64(Vectors.text(Vectors.object("policy_server"), "public_key"));
        ServerName via = new ServerName(Vectors.text(Vectors.object("policy_server"), "via"));
        KeyId keyId = new KeyId("ed25519:policy_server");
        String signature = Vectors.text(vector, "signature");

        assertThat(key.verify(EventHashes.referenceBytes(version, event), signature))
                .isTrue();
        JsonObject coSigned = JsonSigning.withSignature(event, via, keyId, signature);
        assertThat(EventSigning.verify(version, coSigned, via, keyId, key)).isTrue();
        assertThat(EventSigning.verify(version, coSigned.with("depth", 6), via, keyId, key))
                .isFalse();
        assertThat(EventSigning.verify(version, coSigned, via, KEY.id(), key)).isFalse();
    }

    @Test
    void aSecondSignatureLeavesTheFirst() {
        JsonObject event = signedEvents().get(0).object("signed").orElseThrow();
        ServerName other = new ServerName("other.example");

        JsonObject both = EventSigning.addSignature(VERSION, event, other, KEY);

        assertThat(EventSigning.verify(VERSION, both, DOMAIN, KEY.id(), KEY.verifyKey()))
                .isTrue();
        assertThat(EventSigning.verify(VERSION, both, other, KEY.id(), KEY.verifyKey()))
                .isTrue();
        assertThat(both.without("signatures")).isEqualTo(event.without("signatures"));
    }
}
