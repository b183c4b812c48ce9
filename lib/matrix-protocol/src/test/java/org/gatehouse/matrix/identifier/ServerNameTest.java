package org.gatehouse.matrix.identifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerNameTest {

    @ParameterizedTest
    @CsvSource({
        "matrix.org,                  matrix.org,        ,      false",
        "matrix.org:8448,             matrix.org,        8448,  false",
        "localhost,                   localhost,         ,      false",
        "1.2.3.4,                     1.2.3.4,           ,      true",
        "1.2.3.4:1,                   1.2.3.4,           1,     true",
        "[1234:5678::abcd],           [1234:5678::abcd], ,      true",
        "[::ffff:1.2.3.4]:65535,      [::ffff:1.2.3.4],  65535, true",
        "[::],                        [::],              ,      true",
        "[1:2:3:4:5:6:7:8],           [1:2:3:4:5:6:7:8], ,      true",
        "[1:2:3:4:5:6:1.2.3.4],       [1:2:3:4:5:6:1.2.3.4], ,  true",
        "[FE80::A],                   [FE80::A],         ,      true",
        "255.255.255.255,             255.255.255.255,   ,      true",
        "1.2.3,                       1.2.3,             ,      false",
        "1.2.3.4.5,                   1.2.3.4.5,         ,      false",
        "1234.1.1.1,                  1234.1.1.1,        ,      false",
        "xn--bcher-kva.example:00443, xn--bcher-kva.example, 443, false",
    })
    void knowsHostPortAndIpLiterals(String text, String host, Integer port, boolean ipLiteral) {
        ServerName name = new ServerName(text);

        assertThat(name.host()).isEqualTo(host);
        assertThat(name.port().stream().boxed().findFirst().orElse(null)).isEqualTo(port);
        assertThat(name.isIpLiteral()).isEqualTo(ipLiteral);
        assertThat(name).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a b",
                "http://x",
                "[::1",
                "[]",
                "[1.2.3.4]",
                "[::1]x",
                "[::1]8448",
                "x:",
                "x:0",
                "x:65536",
                "x:12x",
                "x:123456",
                "x:-1",
                ":8448",
                "example.org.",
                ".example.org",
                "exämple.org",
                "x%00",
                "x\u0000",
                "a/b",
                "a@b",
                "a_b",
                "x:1:2",
                "[g::1]",
                "[:]",
                "[:::]",
                "[::1::]",
                "[1:2:3:4:5:6:7]",
                "[1:2:3:4:5:6:7:8:9]",
                "[1:2:3:4:5:6:7:8::]",
                "[12345::]",
                "[1:2:3:4:5:6:7:1.2.3.4]",
                "[::1.2.3]",
                "[::256.1.1.1]",
                "[1.2.3.4::]",
                "[::1%eth0]",
                "256.1.1.1",
                "1.2.3.999:8448"
            })
    void refusesWhatIsNoServerName(String text) {
        assertThatThrownBy(() -> new ServerName(text)).isInstanceOf(InvalidIdentifier.class);
        assertThat(ServerName.tryParse(text)).isEmpty();
    }

    @Test
    void refusesMoreThan255Characters() {
        assertThat(ServerName.tryParse("a".repeat(255))).isPresent();
        assertThat(ServerName.tryParse("a".repeat(256))).isEmpty();
    }

    @Test
    void isCaseSensitive() {
        assertThat(new ServerName("Matrix.org")).isNotEqualTo(new ServerName("matrix.org"));
    }
}
