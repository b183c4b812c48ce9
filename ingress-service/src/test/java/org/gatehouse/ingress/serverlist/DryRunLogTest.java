package org.gatehouse.ingress.serverlist;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.gatehouse.matrix.identifier.ServerName;
import org.junit.jupiter.api.Test;

class DryRunLogTest {

    private final List<String> lines = new ArrayList<>();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final DryRunLog log = new DryRunLog(
            new Clock() {
                @Override
                public java.time.ZoneId getZone() {
                    return ZoneOffset.UTC;
                }

                @Override
                public Clock withZone(java.time.ZoneId zone) {
                    return this;
                }

                @Override
                public Instant instant() {
                    return now;
                }
            },
            lines::add);

    @Test
    void saysWhoWouldBeRefusedAndWhy() {
        refuse();

        assertThat(lines)
                .containsExactly(
                        "would refuse origin=one.example rule=deny-list reason=\"the deny list has *.example\"");
    }

    @Test
    void saysNoMoreThanItMayInASecondAndCountsTheRest() {
        for (int i = 0; i < DryRunLog.LINES_A_SECOND + 7; i++) {
            refuse();
        }
        assertThat(lines).hasSize(DryRunLog.LINES_A_SECOND);

        now = now.plusSeconds(1);
        refuse();

        assertThat(lines).hasSize(DryRunLog.LINES_A_SECOND + 1);
        assertThat(lines.get(DryRunLog.LINES_A_SECOND)).endsWith(" lines-left-out=7");
    }

    private void refuse() {
        log.wouldRefuse(new ServerName("one.example"), new Denial("deny-list", "the deny list has *.example"));
    }
}
