package org.gatehouse.matrix.signing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.gatehouse.matrix.TestServer;
import org.gatehouse.matrix.canonicaljson.JsonNumber;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.JsonString;
import org.gatehouse.matrix.canonicaljson.StrictJson;
import org.gatehouse.matrix.identifier.KeyId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.roomversion.RoomVersion;
import org.gatehouse.matrix.roomversion.RoomVersions;
import org.gatehouse.matrix.signing.ServerKeys.OldKey;
import org.junit.jupiter.api.Test;

class ServerKeysTest {

    private static final TestServer SERVER = new TestServer("keys.example:8448");
    private static final ServerName NAME = SERVER.name();
    private static final KeyId ONE = new KeyId("ed25519:1");
    private static final KeyId OLD = new KeyId("ed25519:old");
    private static final RoomVersion V4 = RoomVersions.V4;

    private static JsonObject published(long validUntil) {
        return ServerKeys.publish(
                NAME,
                List.of(SERVER.key("1"), SERVER.key("2")),
                Map.of(OLD, new OldKey(SERVER.key("old").verifyKey(), 500)),
                validUntil);
    }

    private static JsonObject signed(JsonObject unsigned) {
        return JsonSigning.sign(unsigned.without("signatures"), NAME, SERVER.key("1"));
    }

    @Test
    void readsWhatItPublishes() {
        ServerKeys keys = ServerKeys.parse(NAME, published(1_000)).orElseThrow();

        assertThat(keys.verifyKeys().keySet()).containsExactly(ONE, new KeyId("ed25519:2"));
        assertThat(keys.oldVerifyKeys().get(OLD))
                .isEqualTo(new OldKey(SERVER.key("old").verifyKey(), 500));
        assertThat(keys.validUntilTs()).isEqualTo(1_000);
        assertThat(JsonSigning.signatures(keys.json(), NAME)).hasSize(2);
    }

    @Test
    void ignoresTheKeysOfAnotherServer() {
        assertThat(ServerKeys.parse(new ServerName("other.example"), published(1_000)))
                .isEmpty();
        assertThat(ServerKeys.parse(new ServerName("Keys.example:8448"), published(1_000)))
                .isEmpty();
    }

    @Test
    void ignoresAResponseThatIsNotSelfSigned() {
        JsonObject response = published(1_000);

        assertThat(ServerKeys.parse(NAME, response.without("signatures"))).isEmpty();
        assertThat(ServerKeys.parse(NAME, response.with("valid_until_ts", 2_000)))
                .isEmpty();
        JsonObject byAnother =
                JsonSigning.sign(response.without("signatures"), new ServerName("other.example"), SERVER.key("1"));
        assertThat(ServerKeys.parse(NAME, byAnother)).isEmpty();
        JsonObject byAKeyNotInUse = JsonSigning.sign(response.without("signatures"), NAME, SERVER.key("old"));
        assertThat(ServerKeys.parse(NAME, byAKeyNotInUse)).isEmpty();
    }

    @Test
    void oneFalseSelfSignatureSpoilsTheTrueOne() {
        JsonObject response = published(1_000);
        String falseSignature = SERVER.key("2").signBase64(new byte[0]);

        assertThat(ServerKeys.parse(
                        NAME, JsonSigning.withSignature(response, NAME, new KeyId("ed25519:2"), falseSignature)))
                .isEmpty();
    }

    @Test
    void aSignatureByAKeyItDoesNotPublishIsPassedOver() {
        JsonObject response = JsonSigning.withSignature(published(1_000), NAME, new KeyId("ed25519:zz"), "AAAA");

        assertThat(ServerKeys.parse(NAME, response)).isPresent();
    }

    @Test
    void passesOverKeysThatCannotBeUsed() {
        JsonObject response = published(1_000);
        JsonObject keys = response.object("verify_keys")
                .orElseThrow()
                .with("ed25519:short", JsonObject.of("key", new JsonString("AAAA")))
                .with("ed25519:identity", JsonObject.of("key", new JsonString("AQ" + "A".repeat(41))))
                .with("ed25519:number", JsonNumber.of(1))
                .with(
                        "rsa:1",
                        JsonObject.of(
                                "key", new JsonString(SERVER.key().verifyKey().toBase64())))
                .with("not a key ID", JsonObject.EMPTY);
        JsonObject old = JsonObject.of(
                "ed25519:endless",
                JsonObject.of("key", new JsonString(SERVER.key("9").verifyKey().toBase64())));

        ServerKeys read = ServerKeys.parse(
                        NAME, signed(response.with("verify_keys", keys).with("old_verify_keys", old)))
                .orElseThrow();

        assertThat(read.verifyKeys().keySet()).containsExactly(ONE, new KeyId("ed25519:2"));
        assertThat(read.oldVerifyKeys()).isEmpty();
    }

    @Test
    void ignoresAResponseWithoutAUsableEnd() {
        for (String end : new String[] {"\"1000\"", "1000.0", "1e3", "-1", "null", "99999999999999999999"}) {
            JsonObject response = StrictJson.parseObject("{\"x\":" + end + "}");

            assertThat(ServerKeys.parse(
                            NAME,
                            signed(published(1)
                                    .with("valid_until_ts", response.get("x").orElseThrow()))))
                    .as(end)
                    .isEmpty();
        }
        assertThat(ServerKeys.parse(NAME, signed(published(1).without("valid_until_ts"))))
                .isEmpty();
    }

    @Test
    void ignoresAResponseOfMoreThan200Keys() {
        JsonObject.Builder many = JsonObject.builder();
        JsonObject entry =
                JsonObject.of("key", new JsonString(SERVER.key("1").verifyKey().toBase64()));
        for (int i = 1; i <= 200; i++) {
            many.put("ed25519:" + i, entry);
        }
        JsonObject response = published(1).with("verify_keys", many.build()).without("old_verify_keys");

        assertThat(ServerKeys.parse(NAME, signed(response))).isPresent();
        JsonObject oneMore = response.with("old_verify_keys", JsonObject.of("ed25519:0", entry.with("expired_ts", 1)));
        assertThat(ServerKeys.parse(NAME, signed(oneMore))).isEmpty();
    }

    @Test
    void aKeyVouchesForEventsUntilItsEnd() {
        KeyRing ring = CachedKeyRing.of(
                List.of(ServerKeys.parse(NAME, published(1_000)).orElseThrow()));

        assertThat(ring.keyForEvent(NAME, ONE, 1_000, RoomVersions.V10))
                .contains(SERVER.key("1").verifyKey());
        assertThat(ring.keyForEvent(NAME, ONE, 1_001, RoomVersions.V10)).isEmpty();
        assertThat(ring.keyForEvent(NAME, ONE, 1_001, V4))
                .as("before version 5")
                .isPresent();
        assertThat(ring.keyForEvent(NAME, OLD, 500, RoomVersions.V10))
                .contains(SERVER.key("old").verifyKey());
        assertThat(ring.keyForEvent(NAME, OLD, 501, RoomVersions.V10)).isEmpty();
        assertThat(ring.keyForEvent(NAME, OLD, 501, V4))
                .as("an old key ends in every version")
                .isEmpty();
        assertThat(ring.keyForEvent(NAME, new KeyId("ed25519:3"), 1, V4)).isEmpty();
        assertThat(ring.keyForEvent(new ServerName("other.example"), ONE, 1, V4))
                .isEmpty();
    }

    @Test
    void aKeyVouchesForRequestsWhileInUse() {
        KeyRing ring = CachedKeyRing.of(
                List.of(ServerKeys.parse(NAME, published(1_000)).orElseThrow()));

        assertThat(ring.keyForRequest(NAME, ONE, 1_000))
                .contains(SERVER.key("1").verifyKey());
        assertThat(ring.keyForRequest(NAME, ONE, 1_001)).isEmpty();
        assertThat(ring.keyForRequest(NAME, OLD, 1))
                .as("an old key signs no requests")
                .isEmpty();
    }

    @Test
    void theCallerMayLowerTheEndButNotRaiseIt() {
        ServerKeys keys = ServerKeys.parse(NAME, published(1_000)).orElseThrow();

        assertThat(keys.validNoLongerThan(700).validUntilTs()).isEqualTo(700);
        assertThat(keys.validNoLongerThan(5_000).validUntilTs()).isEqualTo(1_000);
    }

    @Test
    void ofSeveralResponsesEachMayVouch() {
        KeyRing ring = CachedKeyRing.of(List.of(SERVER.keys(100, Map.of(), "1"), SERVER.keys(200, Map.of(), "2")));

        assertThat(ring.keyForRequest(NAME, new KeyId("ed25519:2"), 150)).isPresent();
        assertThat(ring.keyForRequest(NAME, ONE, 150)).isEmpty();
        assertThat(ring.keyForRequest(NAME, ONE, 50)).isPresent();
    }
}
