package org.gatehouse.matrix.authrule;

import java.util.Optional;
import org.gatehouse.matrix.event.EventFacts;
import org.gatehouse.matrix.identifier.EventId;

/**
 * Redactions as a matter of authorisation: rule 11 of versions 1 and 2. Since version 3 a redaction is authorised like
 * any other event, and whether it takes effect is decided when it is applied.
 */
final class RedactionRules {
    private RedactionRules() {}

    static AuthVerdict check(Check check) {
        if (check.senderLevel() >= check.powerLevels().redact()) {
            return check.allowByLevels(Rule.REDACTION_LEVEL);
        }
        return isOfTheSameDomain(check.event())
                ? check.allow(Rule.REDACTION_SAME_DOMAIN)
                : check.denyByLevels(Rule.REDACTION_OTHERWISE, "the sender may not redact an event of another server");
    }

    /** By the two event IDs alone: the event to be redacted need not be known. */
    private static boolean isOfTheSameDomain(EventFacts redaction) {
        Optional<String> own = domain(redaction.eventId());
        return own.isPresent() && own.equals(redaction.redacts().flatMap(RedactionRules::domain));
    }

    private static Optional<String> domain(EventId eventId) {
        String id = eventId.value();
        int colon = id.indexOf(':');
        return colon < 0 ? Optional.empty() : Optional.of(id.substring(colon + 1));
    }
}
