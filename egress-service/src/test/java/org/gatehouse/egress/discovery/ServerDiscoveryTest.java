package org.gatehouse.egress.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gatehouse.egress.discovery.ServerRoute.Target;
import org.gatehouse.egress.discovery.SrvRecords.SrvRecord;
import org.gatehouse.matrix.identifier.ServerName;
import org.junit.jupiter.api.Test;

/** The table of "Resolving server names", row by row. */
class ServerDiscoveryTest {

    private final Map<String, ServerName> wellKnown = new HashMap<>();
    private final Map<String, List<SrvRecord>> srv = new HashMap<>();
    private final List<String> askedWellKnown = new ArrayList<>();
    private final ServerDiscovery discovery = new ServerDiscovery(
            host -> {
                askedWellKnown.add(host);
                return Optional.ofNullable(wellKnown.get(host));
            },
            (service, host) -> srv.getOrDefault(service + " " + host, List.of()),
            new SrvOrder(bound -> 0));

    @Test
    void step1TakesAnIpLiteralAsItIs() {
        assertThat(find("192.0.2.7")).isEqualTo(route("192.0.2.7", "192.0.2.7", "192.0.2.7", 8448));
        assertThat(find("192.0.2.7:443")).isEqualTo(route("192.0.2.7:443", "192.0.2.7", "192.0.2.7", 443));
        assertThat(find("[2001:db8::1]")).isEqualTo(route("[2001:db8::1]", "2001:db8::1", "2001:db8::1", 8448));
        assertThat(find("[2001:db8::1]:80")).isEqualTo(route("[2001:db8::1]:80", "2001:db8::1", "2001:db8::1", 80));
        assertThat(askedWellKnown).isEmpty();
    }

    @Test
    void step2TakesAnExplicitPortWithoutWellKnown() {
        wellKnown.put("example.org", new ServerName("elsewhere.org"));

        assertThat(find("example.org:8000")).isEqualTo(route("example.org:8000", "example.org", "example.org", 8000));
        assertThat(askedWellKnown).isEmpty();
    }

    @Test
    void step31DelegatesToAnIpLiteral() {
        wellKnown.put("example.org", new ServerName("192.0.2.7"));
        wellKnown.put("port.org", new ServerName("192.0.2.7:99"));

        assertThat(find("example.org")).isEqualTo(route("192.0.2.7", "192.0.2.7", "192.0.2.7", 8448));
        assertThat(find("port.org")).isEqualTo(route("192.0.2.7:99", "192.0.2.7", "192.0.2.7", 99));
    }

    @Test
    void step32DelegatesToAPort() {
        wellKnown.put("example.org", new ServerName("matrix.example.org:443"));

        assertThat(find("example.org"))
                .isEqualTo(route("matrix.example.org:443", "matrix.example.org", "matrix.example.org", 443));
    }

    @Test
    void step33PrefersTheNewSrvRecordOfTheDelegatedName() {
        wellKnown.put("example.org", new ServerName("matrix.example.org"));
        srv.put("matrix-fed matrix.example.org", List.of(new SrvRecord(1, 1, 4000, "target.net")));
        srv.put("matrix matrix.example.org", List.of(new SrvRecord(1, 1, 5000, "old.net")));

        assertThat(find("example.org"))
                .isEqualTo(route("matrix.example.org", "matrix.example.org", "target.net", 4000));
    }

    @Test
    void step34FallsBackToTheOldSrvRecord() {
        wellKnown.put("example.org", new ServerName("matrix.example.org"));
        srv.put("matrix matrix.example.org", List.of(new SrvRecord(1, 1, 5000, "old.net")));

        assertThat(find("example.org")).isEqualTo(route("matrix.example.org", "matrix.example.org", "old.net", 5000));
    }

    @Test
    void step35FallsBackToPort8448AndNeverDelegatesTwice() {
        wellKnown.put("example.org", new ServerName("matrix.example.org"));
        wellKnown.put("matrix.example.org", new ServerName("third.org"));

        assertThat(find("example.org"))
                .isEqualTo(route("matrix.example.org", "matrix.example.org", "matrix.example.org", 8448));
        assertThat(askedWellKnown).containsExactly("example.org");
    }

    @Test
    void step4And5AskSrvOfTheHostItself() {
        srv.put("matrix-fed example.org", List.of(new SrvRecord(1, 1, 4000, "target.net")));
        srv.put("matrix old.org", List.of(new SrvRecord(1, 1, 5000, "old.net")));

        assertThat(find("example.org")).isEqualTo(route("example.org", "example.org", "target.net", 4000));
        assertThat(find("old.org")).isEqualTo(route("old.org", "old.org", "old.net", 5000));
    }

    @Test
    void step6IsTheHostAtPort8448() {
        assertThat(find("example.org")).isEqualTo(route("example.org", "example.org", "example.org", 8448));
    }

    @Test
    void triesAtMostFourTargetsByPriority() {
        List<SrvRecord> many = new ArrayList<>();
        for (int i = 999; i >= 0; i--) {
            many.add(new SrvRecord(i, 0, 8448, "t" + i + ".net"));
        }
        srv.put("matrix-fed example.org", many);

        assertThat(find("example.org").targets())
                .extracting(Target::host)
                .containsExactly("t0.net", "t1.net", "t2.net", "t3.net");
    }

    @Test
    void drawsByWeightWithinAPriority() {
        List<SrvRecord> records = List.of(
                new SrvRecord(1, 10, 1, "light"), new SrvRecord(1, 90, 1, "heavy"), new SrvRecord(0, 0, 1, "first"));

        assertThat(new SrvOrder(bound -> bound / 2).of(records))
                .extracting(SrvRecord::target)
                .containsExactly("first", "heavy", "light");
    }

    @Test
    void aTargetOfDotMeansNoService() {
        srv.put("matrix-fed example.org", List.of(new SrvRecord(0, 0, 0, "")));

        assertThatThrownBy(() -> find("example.org")).isInstanceOf(NoFederation.class);
    }

    private ServerRoute find(String name) {
        return discovery.find(new ServerName(name));
    }

    private static ServerRoute route(String hostHeader, String tlsName, String target, int port) {
        return new ServerRoute(List.of(new Target(target, port)), hostHeader, tlsName);
    }
}
