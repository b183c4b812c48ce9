package org.gatehouse.keys.ownkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.gatehouse.keys.MovingClock;
import org.gatehouse.matrix.identifier.KeyId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.signing.ServerKeys;
import org.gatehouse.matrix.signing.SigningKey;
import org.junit.jupiter.api.Test;

class OwnKeysTest {

    private static final ServerName SERVER = new ServerName("a.example");
    private static final byte[] MESSAGE = {1, 2, 3};

    private final SecureRandom random = new SecureRandom();
    private final InMemoryKeys store = new InMemoryKeys();
    private final MovingClock clock = new MovingClock();

    @Test
    void makesAKeyOnceAndKeepsIt() {
        HostedKeys first = open(Optional.empty()).of(SERVER);

        HostedKeys second = open(Optional.empty()).of(SERVER);

        assertThat(second.signingKey().id()).isEqualTo(first.signingKey().id());
        assertThat(second.signingKey().verifyKey()).isEqualTo(first.signingKey().verifyKey());
    }

    @Test
    void twoInstancesThatStartAtOnceAgree() {
        OpenKeys one = new OpenKeys(store.blindOnce(), Optional.empty(), random);
        OpenKeys other = new OpenKeys(store.blindOnce(), Optional.empty(), random);

        assertThat(one.of(SERVER).signingKey().verifyKey())
                .isEqualTo(other.of(SERVER).signingKey().verifyKey());
    }

    @Test
    void eachServerNameHasItsOwnKey() {
        OpenKeys open = open(Optional.empty());

        assertThat(open.of(SERVER).signingKey().verifyKey())
                .isNotEqualTo(open.of(new ServerName("b.example")).signingKey().verifyKey());
    }

    @Test
    void sealsTheSeedUnderTheMasterKey() {
        Optional<SeedSeal> seal = Optional.of(new SeedSeal(masterKey(), random));
        HostedKeys made = open(seal).of(SERVER);

        SigningKeys.StoredKey stored = store.of(SERVER).get(0);
        assertThat(stored.isSealed()).isTrue();
        assertThat(stored.seed()).hasSize(12 + 32 + 16);
        assertThat(open(seal).of(SERVER).signingKey().sign(MESSAGE))
                .isEqualTo(made.signingKey().sign(MESSAGE));
    }

    @Test
    void doesNotOpenWithAnotherMasterKeyOrWithout() {
        open(Optional.of(new SeedSeal(masterKey(), random))).of(SERVER);

        assertThatThrownBy(() ->
                        open(Optional.of(new SeedSeal(masterKey(), random))).of(SERVER))
                .hasMessageContaining("cannot be opened");
        assertThatThrownBy(() -> open(Optional.empty()).of(SERVER)).hasMessageContaining("master-key is not set");
    }

    @Test
    void doesNotOpenASeedThatWasMovedToAnotherServer() {
        SeedSeal seal = new SeedSeal(masterKey(), random);
        KeyId id = new KeyId("ed25519:x");
        byte[] sealed = seal.seal(new byte[32], SERVER, id);

        assertThatThrownBy(() -> seal.open(sealed, new ServerName("b.example"), id))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void refusesMasterKeysThatAreNone() {
        assertThatThrownBy(() -> new SeedSeal("not base64!", random)).hasMessageContaining("not base64");
        assertThatThrownBy(() -> new SeedSeal("AAAA", random)).hasMessageContaining("32 bytes");
        String zeros = Base64.getEncoder().encodeToString(new byte[32]);
        assertThatThrownBy(() -> new SeedSeal(zeros, random))
                .hasMessageContaining("placeholder")
                .hasMessageNotContaining(zeros);
    }

    @Test
    void nothingShowsTheSeed() {
        HostedKeys keys = open(Optional.empty()).of(SERVER);
        String seed = keys.signingKey().seedBase64();

        assertThat(keys.toString() + keys.signingKey() + store.of(SERVER)).doesNotContain(seed);
    }

    @Test
    void publishesSevenDaysAheadInStepsOfAnHour() {
        OwnKeys keys = ownKeys();
        ServerKeys first = keys.publishedBy(SERVER).orElseThrow();
        assertThat(first.validUntilTs())
                .isEqualTo(clock.millis() + Duration.ofDays(7).toMillis());

        clock.move(Duration.ofMinutes(59));
        assertThat(keys.publishedBy(SERVER).orElseThrow().json()).isEqualTo(first.json());
        clock.move(Duration.ofMinutes(1));
        assertThat(keys.publishedBy(SERVER).orElseThrow().validUntilTs())
                .isEqualTo(clock.millis() + Duration.ofDays(7).toMillis());
    }

    @Test
    void publishesWhatItselfWouldAccept() {
        ServerKeys published = ownKeys().publishedBy(SERVER).orElseThrow();

        assertThat(ServerKeys.parse(SERVER, published.json())).isPresent();
        assertThat(ServerKeys.parse(new ServerName("b.example"), published.json()))
                .isEmpty();
    }

    @Test
    void publishesRetiredKeysAsOld() {
        SigningKey retired = SigningKey.generate(random, new KeyId("ed25519:old"));
        byte[] seed = Base64.getDecoder().decode(retired.seedBase64());
        store.keys.put(
                SERVER,
                new ArrayList<>(List.of(
                        new SigningKeys.StoredKey(retired.id(), seed, false, OptionalLong.of(77)),
                        new SigningKeys.StoredKey(
                                new KeyId("ed25519:new"), new byte[32], false, OptionalLong.empty()))));

        ServerKeys published = ownKeys().publishedBy(SERVER).orElseThrow();

        assertThat(published.verifyKeys()).containsOnlyKeys(new KeyId("ed25519:new"));
        assertThat(published.oldVerifyKeys().get(retired.id()).expiredTs()).isEqualTo(77);
    }

    @Test
    void publishesNothingForANameThatIsNotHosted() {
        assertThat(ownKeys().publishedBy(new ServerName("b.example"))).isEmpty();
        assertThat(ownKeys().publishedBy(new ServerName("A.example"))).isEmpty();
    }

    private OwnKeys ownKeys() {
        return new OwnKeys(List.of(open(Optional.empty()).of(SERVER)), clock);
    }

    private OpenKeys open(Optional<SeedSeal> seal) {
        return new OpenKeys(store, seal, random);
    }

    private String masterKey() {
        byte[] key = new byte[32];
        random.nextBytes(key);
        return Base64.getEncoder().encodeToString(key);
    }

    private static final class InMemoryKeys implements SigningKeys {
        final Map<ServerName, List<StoredKey>> keys = new HashMap<>();

        @Override
        public List<StoredKey> of(ServerName server) {
            return List.copyOf(keys.getOrDefault(server, List.of()));
        }

        @Override
        public void addFirst(ServerName server, StoredKey key) {
            keys.putIfAbsent(server, new ArrayList<>(List.of(key)));
        }

        /** Sees nothing the first time: the other instance inserts between look and insert. */
        SigningKeys blindOnce() {
            return new SigningKeys() {
                private boolean looked;

                @Override
                public List<StoredKey> of(ServerName server) {
                    boolean first = !looked;
                    looked = true;
                    return first ? List.of() : InMemoryKeys.this.of(server);
                }

                @Override
                public void addFirst(ServerName server, StoredKey key) {
                    InMemoryKeys.this.addFirst(server, key);
                }
            };
        }
    }
}
