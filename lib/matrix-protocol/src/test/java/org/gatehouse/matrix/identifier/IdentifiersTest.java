package org.gatehouse.matrix.identifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.gatehouse.matrix.roomversion.EventIdFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
    @ValueSource(
            strings = {
                "!opaque:example.org",
                "!:example.org",
                "!ünï \u0001/+:example.org:8448",
                "!a:[::1]",
                "!a:b:1",
                "!opaque",
                "!" + HASH,
                "!L58ME6ufiP49v97UIOBIpvWKEgj4912JmECPuDzlv+I"
            })
    void readsRoomIdsWithAndWithoutServer(String text) {
        RoomId room = new RoomId(text);

        assertThat(room).hasToString(text);
        assertThat(room.serverName().isPresent()).isEqualTo(text.contains(":"));
        assertThat(room.createEvent().isPresent()).isEqualTo(!text.contains(":"));
        assertThat(room.isCreateHash()).isEqualTo(text.equals("!" + HASH));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "!", "abc", "#a:b", "$a", "!a:b c", "!a:", "!a:b:c", "!a\u0000b", "!\uD800", "!a:b:0"})
    void refusesWhatIsNoRoomId(String text) {
        assertThat(RoomId.tryParse(text)).isEmpty();
        assertThatThrownBy(() -> new RoomId(text)).isInstanceOf(InvalidIdentifier.class);
    }

    @ParameterizedTest
    @CsvSource({
        // the ID, whether it names a server, is a hash of version 3, is a hash of version 4
        "$opaque:example.org,                                 true,  false, false",
        "$143273582443PhrSn:example.org:8448,                 true,  false, false",
        "$:x,                                                 true,  false, false",
        "$acR1l0raoZnm60CBwAVgqbZqoO/mYU81xysh1u7XcJk,        false, true,  false",
        "$acR1l0raoZnm60CBwAVgqbZqoO+mYU81xysh1u7XcJk,        false, true,  false",
        "$Rqnc-F-dvnEYJTyHq_iKxU2bZ1CI92-kuZq3a5lr5Zg,        false, false, true",
        "$CD66HAED5npg6074c6pDtLKalHjVfYb2q4Q3LZgrW6o,        false, true,  true",
        "$acR1l0raoZnm60CBwAVgqbZqoO/mYU81xysh1u7XcJ-,        false, false, false",
        "$CD66HAED5npg6074c6pDtLKalHjVfYb2q4Q3LZgrW6,         false, false, false",
        "$CD66HAED5npg6074c6pDtLKalHjVfYb2q4Q3LZgrW6o=,       false, false, false",
        "$a:b c,                                              false, false, false",
        "$create,                                             false, false, false"
    })
    void tellsTheThreeKindsOfEventId(String text, boolean names, boolean standardHash, boolean urlSafeHash) {
        EventId id = new EventId(text);

        assertThat(id).hasToString(text);
        assertThat(id.serverName().isPresent()).isEqualTo(names);
        assertThat(id.isStandardHash()).isEqualTo(standardHash);
        assertThat(id.isUrlSafeHash()).isEqualTo(urlSafeHash);
        assertThat(EventIdFormat.FIELD.accepts(id)).isEqualTo(names);
        assertThat(EventIdFormat.HASH_STANDARD_BASE64.accepts(id)).isEqualTo(standardHash);
        assertThat(EventIdFormat.HASH_URL_SAFE_BASE64.accepts(id)).isEqualTo(urlSafeHash);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "$", "abc", "!a", "$\u0000", "$a\u0000b:x", "$\uDC00"})
    void refusesWhatIsNoEventId(String text) {
        assertThat(EventId.tryParse(text)).isEmpty();
        assertThatThrownBy(() -> new EventId(text)).isInstanceOf(InvalidIdentifier.class);
    }

    @Test
    void anEventIdNamesTheServerBehindItsFirstColon() {
        assertThat(new EventId("$a:example.org:8448").serverName()).contains(new ServerName("example.org:8448"));
        assertThat(new EventId("$a:b:c:d").serverName()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        // the ID, may be named outside events, may be given to a new user
        "@alice:example.org,      true,  true",
        "@a-.=_/+0:example.org,   true,  true",
        "@Alice:example.org,      true,  false",
        "@!~$&:example.org,       true,  false",
        "@:example.org,           false, false",
        "@al ice:example.org,     false, false",
        "@älice:example.org,      false, false",
        "@漢字:example.org,        false, false"
    })
    void tellsHistoricalUserIds(String text, boolean compliant, boolean current) {
        UserId user = new UserId(text);

        assertThat(user.isCompliant()).isEqualTo(compliant);
        assertThat(user.isOfCurrentGrammar()).isEqualTo(current);
    }

    @Test
    void controlCharactersAreHistoricalButNotCompliant() {
        assertThat(new UserId("@a\u0001b:x").isCompliant()).isFalse();
        assertThat(new UserId("@a\u007Fb:x").isCompliant()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"#a:example.org", "#:example.org", "#漢字 #1:[::1]:8448", "#a/b c:x"})
    void readsRoomAliases(String text) {
        RoomAlias alias = new RoomAlias(text);

        assertThat("#" + alias.localpart() + ":" + alias.serverName()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "#", "#a", "a:b", "!a:b", "#a:", "#a:b c", "#a\u0000:b", "#\uD800:b"})
    void refusesWhatIsNoRoomAlias(String text) {
        assertThat(RoomAlias.tryParse(text)).isEmpty();
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
