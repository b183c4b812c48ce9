package org.gatehouse.testkit.fault;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.testkit.fault.Evidence.IndexRow;
import org.gatehouse.testkit.fault.Evidence.StoredEvent;
import org.gatehouse.testkit.fault.Evidence.VerdictRow;

/** Rule of {@link Invariant#ACKNOWLEDGED_IS_DURABLE}. */
final class AcknowledgedIsDurable implements Rule {

    @Override
    public List<Finding> findings(Joined evidence) {
        List<Finding> findings = new ArrayList<>();
        for (EventId id : evidence.sent().acknowledged()) {
            wrongWith(id, evidence)
                    .ifPresent(fact -> findings.add(new Finding(
                            Invariant.ACKNOWLEDGED_IS_DURABLE, id.toString(), "was acknowledged, " + fact)));
        }
        return findings;
    }

    private static Optional<String> wrongWith(EventId id, Joined evidence) {
        List<StoredEvent> rows = evidence.rowsOf(id);
        if (rows.isEmpty()) {
            return Optional.of("and is not stored");
        }
        StoredEvent row = rows.get(0);
        Optional<IndexRow> place = evidence.indexOf(id);
        if (place.isEmpty()) {
            return Optional.of("and is not found by its ID");
        }
        if (!place.get().room().equals(row.room()) || place.get().ordinal() != row.ordinal()) {
            return Optional.of("and its ID leads to %s %d, but it is in %s %d"
                    .formatted(place.get().room(), place.get().ordinal(), row.room(), row.ordinal()));
        }
        List<VerdictRow> verdicts = evidence.verdictsOf(id);
        if (verdicts.size() != 1) {
            return Optional.of("and has verdicts " + verdicts);
        }
        VerdictRow verdict = verdicts.get(0);
        if (!verdict.room().equals(row.room()) || verdict.ordinal() != row.ordinal()) {
            return Optional.of("and its verdict is at %s %d".formatted(verdict.room(), verdict.ordinal()));
        }
        return Optional.empty();
    }
}
