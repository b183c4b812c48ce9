package org.gatehouse.ingress.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TrustedProxiesTest {

    @Test
    void containsWhatItsRangesContain() {
        TrustedProxies proxies = new TrustedProxies(List.of("10.1.0.0/16", "192.0.2.7", "2001:db8::/32"));

        assertThat(List.of("10.1.2.3", "::ffff:10.1.2.3", "192.0.2.7", "2001:db8:1::1", "2001:db8::2%eth0"))
                .allMatch(proxies::contain);
        assertThat(List.of("10.2.0.1", "192.0.2.8", "2001:db9::1", "example.org", ""))
                .noneMatch(proxies::contain);
    }

    @Test
    void refusesWhatIsNoRange() {
        for (String text : List.of("example.org", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0/8/8")) {
            assertThatThrownBy(() -> new TrustedProxies(List.of(text))).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void countsANetworkOfIpv6AsOnePeer() {
        assertThat(Addresses.network("2001:db8::1")).isEqualTo(Addresses.network("2001:db8::2:0:0:1"));
        assertThat(Addresses.network("2001:db8:0:1::1")).isNotEqualTo(Addresses.network("2001:db8::1"));
        assertThat(Addresses.network("::ffff:192.0.2.1")).isEqualTo(Addresses.network("192.0.2.1"));
    }
}
