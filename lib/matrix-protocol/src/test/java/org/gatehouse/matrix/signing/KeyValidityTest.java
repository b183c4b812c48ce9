package org.gatehouse.matrix.signing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.gatehouse.matrix.TestServer;
import org.gatehouse.matrix.identifier.KeyId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.roomversion.RoomVersion;
import org.gatehouse.matrix.roomversion.RoomVersions;
import org.gatehouse.matrix.signing.ServerKeys.OldKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a key vouches for an event, in every room version (Room version 5, "Signing key validity period"). */
class KeyValidityTest {

    private static final TestServer SERVER = new TestServer("validity.example");
    private static final ServerName NAME = SERVER.name();
    private static final KeyId CURRENT = new KeyId("ed25519:1");
    private static final KeyId OLD = new KeyId("ed25519:old");

    private static ServerKeys published(long validUntil) {
        return ServerKeys.parse(
                        NAME,
                        ServerKeys.publish(
                                NAME,
                                List.of(SERVER.key("1")),
                                Map.of(OLD, new OldKey(SERVER.key("old").verifyKey(), 500)),
                                validUntil))
                .orElseThrow();
    }

    @ParameterizedTest(name = "room version {0}")
    @CsvSource({
        "1, true",
        "2, true",
        "3, true",
        "4, true",
        "5, false",
        "6, false",
        "7, false",
        "8, false",
        "9, false",
        "10, false",
        "11, false",
        "12, false",
        "org.matrix.hydra.11, false",
        "org.matrix.msc1767.10, false"
    })
    void sinceVersion5AKeyInUseMustBeValidAtTheEventsTime(String id, boolean vouchesForLater) {
        RoomVersion version = RoomVersions.require(id);
        KeyRing ring = CachedKeyRing.of(List.of(published(1_000)));

        assertThat(ring.keyForEvent(NAME, CURRENT, 1_000, version)).isPresent();
        assertThat(ring.keyForEvent(NAME, CURRENT, 1_001, version).isPresent()).isEqualTo(vouchesForLater);
        assertThat(ring.keyForEvent(NAME, OLD, 500, version))
                .contains(SERVER.key("old").verifyKey());
        assertThat(ring.keyForEvent(NAME, OLD, 501, version)).isEmpty();
    }

    @Test
    void aResponseThatWasNeverValidIsReadAndVouchesForTheBeginningOfTimeAlone() {
        KeyRing ring = CachedKeyRing.of(List.of(published(0)));

        assertThat(ring.keyForRequest(NAME, CURRENT, 0)).isPresent();
        assertThat(ring.keyForRequest(NAME, CURRENT, 1)).isEmpty();
    }

    @Test
    void theEndIsLoweredOnlyWhereItIsLater() {
        ServerKeys keys = published(1_000);

        assertThat(keys.validNoLongerThan(1_000)).isSameAs(keys);
        assertThat(keys.validNoLongerThan(999).validUntilTs()).isEqualTo(999);
        assertThat(keys.validNoLongerThan(999).verifyKeys()).isEqualTo(keys.verifyKeys());
    }

    @Test
    void keysDifferByTheirBytesAndAreShownInBase64() {
        VerifyKey one = SERVER.key("1").verifyKey();
        VerifyKey two = SERVER.key("2").verifyKey();

        assertThat(one).isNotEqualTo(two).doesNotHaveSameHashCodeAs(two);
        assertThat(one).hasToString(one.toBase64());
    }
}
