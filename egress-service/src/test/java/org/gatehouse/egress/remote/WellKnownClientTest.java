package org.gatehouse.egress.remote;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.gatehouse.egress.connection.HttpAnswer;
import org.gatehouse.egress.connection.HttpCall;
import org.gatehouse.egress.connection.Unreachable;
import org.gatehouse.egress.discovery.WellKnownAnswer.Delegated;
import org.gatehouse.egress.discovery.WellKnownAnswer.None;
import org.gatehouse.matrix.identifier.ServerName;
import org.junit.jupiter.api.Test;

/** Rows D05 and D06 of the hostile input list. */
class WellKnownClientTest {

    private static final byte[] FILE = "{\"m.server\":\"matrix.example.org\"}".getBytes(UTF_8);
    private static final String START = "https://example.org/.well-known/matrix/server";

    private final Map<String, HttpAnswer> web = new HashMap<>();
    private final List<String> asked = new ArrayList<>();
    private final WellKnownClient client = new WellKnownClient(this::exchange, Clock.systemUTC());

    @Test
    void readsTheFileWhateverItsType() {
        web.put(START, new HttpAnswer(200, Map.of("content-type", "text/html", "cache-control", "max-age=600"), FILE));

        assertThat(client.fetch("example.org"))
                .isEqualTo(new Delegated(new ServerName("matrix.example.org"), Duration.ofMinutes(10)));
    }

    @Test
    void followsRedirectsAlsoToOtherHostsAndPorts() {
        redirect(START, "/elsewhere?x=1");
        redirect("https://example.org/elsewhere?x=1", "https://www.example.org:8443/file");
        web.put("https://www.example.org:8443/file", new HttpAnswer(200, Map.of(), FILE));

        assertThat(client.fetch("example.org")).isInstanceOf(Delegated.class);
        assertThat(asked).hasSize(3);
    }

    @Test
    void followsNoMoreThanFive() {
        redirect(START, "/.well-known/matrix/server");

        assertThat(client.fetch("example.org")).isInstanceOf(None.class);
        assertThat(asked).hasSize(WellKnownClient.MAX_REDIRECTS + 1);
    }

    @Test
    void followsOnlyHttpsWithoutUser() {
        for (String location : List.of(
                "http://example.org/", "file:///etc/passwd", "ftp://a.org/", "https://user@example.org/", "::")) {
            asked.clear();
            redirect(START, location);

            assertThat(client.fetch("example.org")).as(location).isInstanceOf(None.class);
            assertThat(asked).as(location).containsExactly(START);
        }
    }

    @Test
    void failuresOfAnyKindAreNoDelegation() {
        assertThat(client.fetch("unreachable.org")).isInstanceOf(None.class);
        for (HttpAnswer answer : List.of(
                new HttpAnswer(404, Map.of(), FILE),
                new HttpAnswer(500, Map.of(), FILE),
                new HttpAnswer(200, Map.of(), "<html>".getBytes(UTF_8)),
                new HttpAnswer(301, Map.of(), FILE))) {
            web.put(START, answer);
            assertThat(client.fetch("example.org")).isInstanceOf(None.class);
        }
    }

    private void redirect(String url, String location) {
        web.put(url, new HttpAnswer(302, Map.of("location", location), new byte[0]));
    }

    private HttpAnswer exchange(HttpCall call) {
        asked.add(call.toString());
        HttpAnswer answer = web.get(call.toString());
        if (answer == null) {
            throw new Unreachable("nobody there");
        }
        return answer;
    }
}
