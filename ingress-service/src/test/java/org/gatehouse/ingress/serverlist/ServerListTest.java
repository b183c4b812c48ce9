package org.gatehouse.ingress.serverlist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.gatehouse.matrix.identifier.ServerName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerListTest {

    @Test
    void matchesAsAServerAclDoes() {
        ServerList list = read("Evil.example\n*.bad.example\n10.0.0.?\n[2001:db8::*]\n");

        assertThat(list.match(new ServerName("EVIL.example:8448"))).contains("evil.example");
        assertThat(list.match(new ServerName("a.bad.example"))).contains("*.bad.example");
        assertThat(list.match(new ServerName("10.0.0.7:1"))).contains("10.0.0.?");
        assertThat(list.match(new ServerName("[2001:db8::1]:8448"))).contains("[2001:db8::*]");
        assertThat(list.match(new ServerName("bad.example"))).isEmpty();
        assertThat(list.match(new ServerName("evil.example.com"))).isEmpty();
        assertThat(list.match(new ServerName("10.0.0.77"))).isEmpty();
    }

    @Test
    void passesOverCommentsAndEmptyLines() {
        ServerList list = read("# a heading\r\n\r\n  one.example  # the first\r\n\ttwo.example");

        assertThat(list.size()).isEqualTo(2);
        assertThat(list.match(new ServerName("one.example"))).isPresent();
        assertThat(list.match(new ServerName("two.example"))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example:8448",
                "https://evil.example",
                "two names",
                "@user:evil.example",
                "under_score.example",
                "[2001:db8::1]:8448",
                "evil.example,other.example",
                "{\"deny\":[]}"
            })
    void namesTheLineThatIsNoPattern(String line) {
        assertThatThrownBy(() -> read("good.example\n" + line + "\n"))
                .isInstanceOf(BrokenServerList.class)
                .hasMessageStartingWith("line 2 ");
    }

    @Test
    void refusesWhatIsNotUtf8() {
        assertThatThrownBy(() -> ServerList.read(new byte[] {'a', (byte) 0xff}))
                .isInstanceOf(BrokenServerList.class)
                .hasMessage("it is not UTF-8");
    }

    @Test
    void refusesMoreGlobsThanARequestCanPayFor() {
        assertThatThrownBy(() -> read("*.example\n".repeat(1_001)))
                .isInstanceOf(BrokenServerList.class)
                .hasMessageContaining("line 1001 ");
        assertThat(read("a.example\n".repeat(1_001)).size()).isEqualTo(1);
    }

    private static ServerList read(String text) {
        return ServerList.read(text.getBytes(StandardCharsets.UTF_8));
    }
}
