package org.gatehouse.ingress.admission;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Set;

/** What the gate in counts, under the names that dashboards of Matrix servers look for. No label names a peer or room. */
@Singleton
public class IntakeMeters {

    private static final Set<String> EDU_TYPES = Set.of(
            "m.typing",
            "m.receipt",
            "m.presence",
            "m.direct_to_device",
            "m.device_list_update",
            "m.signing_key_update");

    private final MeterRegistry meters;
    private final KnownRules rules = new KnownRules();

    public IntakeMeters(MeterRegistry meters) {
        this.meters = meters;
    }

    /** A transaction came to its end. */
    public void transaction(TransactionOutcome outcome) {
        meters.counter("matrix_federation_inbound_transactions_total", "outcome", label(outcome))
                .increment();
    }

    /** What became of one PDU at the door. */
    public void pdu(PduOutcome outcome) {
        meters.counter("matrix_federation_inbound_pdus_total", "outcome", label(outcome))
                .increment();
    }

    /** What became of one EDU; types that the specification does not name are counted together. */
    public void edu(String type, EduOutcome outcome) {
        String known = EDU_TYPES.contains(type) ? type : "other";
        meters.counter("matrix_federation_inbound_edus_total", "type", known, "outcome", label(outcome))
                .increment();
    }

    /** A request was answered 429 or 503 by a rule of admission. */
    public void rateLimited(String rule) {
        meters.counter("matrix_federation_rate_limited_total", "rule", rules.label(rule))
                .increment();
    }

    /** A request was denied by a list of servers, an ACL or another rule of an operator or a room. */
    public void policyDenied(String rule) {
        meters.counter("matrix_federation_policy_denied_total", "rule", rules.label(rule))
                .increment();
    }

    /** How long a transaction took from its last byte to its answer. */
    public void answeredAfter(Duration time) {
        Timer.builder("matrix_federation_inbound_duration_seconds")
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(1))
                .maximumExpectedValue(Duration.ofSeconds(30))
                .register(meters)
                .record(time);
    }

    /** How long the checks 1 to 3 of one transaction's PDUs took. */
    public void verifiedIn(Duration time) {
        Timer.builder("matrix_federation_signature_verify_seconds")
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofNanos(50_000))
                .maximumExpectedValue(Duration.ofSeconds(5))
                .register(meters)
                .record(time);
    }

    private static String label(Enum<?> outcome) {
        return outcome.name().toLowerCase(java.util.Locale.ROOT);
    }

    /** How a transaction ended. */
    public enum TransactionOutcome {
        ANSWERED,
        REPEATED,
        REFUSED,
        FAILED
    }

    /** How a PDU fared at the door; accepted means logged, the judge comes later. */
    public enum PduOutcome {
        ACCEPTED,
        DUPLICATE,
        BAD_SIGNATURE,
        REJECTED,
        DENIED,
        IGNORED
    }

    /** How an EDU fared at the door. */
    public enum EduOutcome {
        ACCEPTED,
        DUPLICATE,
        REJECTED,
        DENIED,
        IGNORED
    }
}
