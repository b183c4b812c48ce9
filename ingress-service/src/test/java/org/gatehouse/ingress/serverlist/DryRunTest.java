package org.gatehouse.ingress.serverlist;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.net.URL;
import java.util.Map;
import java.util.Optional;
import org.gatehouse.ingress.surface.Door;
import org.gatehouse.ingress.surface.PublishedKeys;
import org.gatehouse.testkit.PeerIdentity;
import org.junit.jupiter.api.Test;

/** A dry run refuses nobody, and counts whom it would refuse. */
@QuarkusTest
@TestProfile(DryRunTest.Dry.class)
class DryRunTest {

    private static final PeerIdentity DENIED = PeerIdentity.of("denied.example");

    @Inject
    PublishedKeys keys;

    @Inject
    MeterRegistry meters;

    @TestHTTPResource("/")
    URL url;

    /** The lists of the other tests, as a dry run. */
    public static final class Dry implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("gatehouse.servers.dry-run", "true");
        }
    }

    @Test
    void letsADeniedServerIn() {
        keys.publish(DENIED);

        Door.Answer answer = new Door(url).signed(DENIED, "GET", "/_matrix/federation/v1/version", Optional.empty());

        assertThat(answer.status()).isEqualTo(200);
        assertThat(meters.counter("matrix_federation_policy_denied_total", "rule", "deny-list-dry-run")
                        .count())
                .isEqualTo(1);
        assertThat(meters.counter("matrix_federation_policy_denied_total", "rule", "deny-list")
                        .count())
                .isZero();
    }
}
