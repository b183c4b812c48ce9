package org.gatehouse.ingress.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.stream.Collectors;
import org.gatehouse.ingress.admission.IntakeMeters.EduOutcome;
import org.gatehouse.ingress.admission.IntakeMeters.PduOutcome;
import org.gatehouse.ingress.admission.IntakeMeters.TransactionOutcome;
import org.junit.jupiter.api.Test;

class IntakeMetersTest {

    @Test
    void countsUnderTheNamesThatDashboardsLookFor() {
        MeterRegistry registry = new SimpleMeterRegistry();
        countOneOfEach(new IntakeMeters(registry));

        assertThat(registry.getMeters().stream()
                        .map(meter -> meter.getId().getName()
                                + meter.getId().getTags().stream()
                                        .map(tag -> " " + tag.getKey() + "=" + tag.getValue())
                                        .collect(Collectors.joining()))
                        .toList())
                .containsExactlyInAnyOrder(
                        "matrix_federation_inbound_transactions_total outcome=answered",
                        "matrix_federation_inbound_pdus_total outcome=bad_signature",
                        "matrix_federation_inbound_edus_total outcome=accepted type=m.typing",
                        "matrix_federation_inbound_edus_total outcome=ignored type=other",
                        "matrix_federation_rate_limited_total rule=origin-rate",
                        "matrix_federation_policy_denied_total rule=deny-list",
                        "matrix_federation_inbound_duration_seconds",
                        "matrix_federation_signature_verify_seconds");
    }

    private static void countOneOfEach(IntakeMeters meters) {
        meters.transaction(TransactionOutcome.ANSWERED);
        meters.pdu(PduOutcome.BAD_SIGNATURE);
        meters.edu("m.typing", EduOutcome.ACCEPTED);
        meters.edu("org.example.made-up", EduOutcome.IGNORED);
        meters.rateLimited("origin-rate");
        meters.policyDenied("deny-list");
        meters.answeredAfter(Duration.ofMillis(12));
        meters.verifiedIn(Duration.ofMillis(3));
    }
}
