package org.gatehouse.matrix.identifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentifiersTest {

    private static final String HASH = "L58ME6ufiP49v97UIOBIpvWKEgj4912JmECPuDzlvCI";

    @ParameterizedTest
    @ValueSource(strings = {"@alice:example.org", "@:example.org", "@Ünïcode Name/*:example.org:8448", "@a@b:[::1]:1"})
    void acceptsHistoricalUserIds(String text) {
        UserId user = new UserId(text);

        assertThat(user).hasToString(text);
        assertThat("@" + user.localpart() + ":" + user.serverName()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "@", "alice:example.org", "@alice", "@alice:", "@al\u0000ice:x", "@a:b c", "@\uD800:x"})
    void refusesWhatIsNoUserId(String text) {
        assertThat(UserId.tryParse(text)).isEmpty();
        assertThatThrownBy(() -> new UserId(text)).isInstanceOf(InvalidIdentifier.class);
    }

    @Test
    void countsBytesNotCharacters() {
        assertThat(UserId.tryParse("@" + "a".repeat(252) + ":x")).isPresent();
        assertThat(UserId.tryParse("@" + "a".repeat(253) + ":x")).isEmpty();
        assertThat(UserId.tryParse("@" + "é".repeat(126) + ":x")).isPresent();
        assertThat(UserId.tryParse("@" + "é".repeat(127) + ":x")).isEmpty();
        assertThat(EventId.tryParse("$" + "a".repeat(254))).isPresent();
        assertThat(EventId.tryParse("$" + "a".repeat(255))).isEmpty();
        assertThat(EventId.tryParse("$" + "\uD83D\uDE00".repeat(63) + "aa")).isPresent();
        assertThat(EventId.tryParse("$" + "\uD83D\uDE00".repeat(63) + "aaa")).isEmpty();
    }

    @Test
    void roomIdNamesAServerOrACreateEvent() {
        RoomId older = new RoomId("!opaque:example.org:8448");
        RoomId newer = new RoomId("!" + HASH);

        assertThat(older.serverName()).contains(new ServerName("example.org:8448"));
        assertThat(older.createEvent()).isEmpty();
        assertThat(newer.serverName()).isEmpty();
        assertThat(newer.createEvent()).contains(new EventId("$" + HASH));
        assertThat(RoomId.ofCreateEvent(new EventId("$" + HASH))).isEqualTo(newer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"!", "!abc", "#a:b", "!L58ME6ufiP49v97UIOBIpvWKEgj4912JmECPuDzlv+I", "!a:b c", "!a:"})
    void refusesWhatIsNoRoomId(String text) {
        assertThat(RoomId.tryParse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ed25519:1", "ed25519:a_RXGa", "ed25519:policy_server", "rsa:1"})
    void readsKeyIds(String text) {
        KeyId key = new KeyId(text);

        assertThat(key.algorithm() + ":" + key.version()).isEqualTo(text);
        assertThat(key.isEd25519()).isEqualTo(text.startsWith("ed25519"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ed25519", "ed25519:", ":1", "ed25519:a b", "ed25519:a-b", "ed25519:a:b", "ed25519:é"})
    void refusesWhatIsNoKeyId(String text) {
        assertThat(KeyId.tryParse(text)).isEmpty();
    }

    @Test
    void refusesAKeyIdOfFourKilobytes() {
        assertThat(KeyId.tryParse("ed25519:" + "a".repeat(4096))).isEmpty();
    }

    @Test
    void aliasHasLocalPartAndServer() {
        RoomAlias alias = new RoomAlias("#a/b c:example.org");

        assertThat(alias.localpart()).isEqualTo("a/b c");
        assertThat(alias.serverName()).isEqualTo(new ServerName("example.org"));
        assertThat(RoomAlias.tryParse("#noserver")).isEmpty();
    }

    @Test
    void ordersByCodePoint() {
        assertThat(new EventId("$\uFB01")).isLessThan(new EventId("$\uD83D\uDE00"));
    }

    @Test
    void faultsDoNotRepeatTheValue() {
        assertThatThrownBy(() -> new UserId("@secret")).hasMessageNotContaining("secret");
    }
}
