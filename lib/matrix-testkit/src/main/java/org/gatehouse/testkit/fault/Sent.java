package org.gatehouse.testkit.fault;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.gatehouse.matrix.identifier.EventId;

/**
 * What a ledger comes to.
 *
 * @param attempted events that were sent at least once, whatever was answered
 * @param acknowledged events that a 200 took
 * @param refused events of which a 200 said that they are bad
 */
public record Sent(Set<EventId> attempted, Set<EventId> acknowledged, Set<EventId> refused) {

    public Sent {
        attempted = new LinkedHashSet<>(attempted);
        acknowledged = new LinkedHashSet<>(acknowledged);
        refused = new LinkedHashSet<>(refused);
    }

    public static Sent of(List<LedgerEntry> entries) {
        Set<Long> open = new LinkedHashSet<>();
        Set<EventId> attempted = new LinkedHashSet<>();
        Set<EventId> acknowledged = new LinkedHashSet<>();
        Set<EventId> refused = new LinkedHashSet<>();
        for (LedgerEntry entry : entries) {
            if (entry instanceof LedgerEntry.Attempt attempt) {
                open.add(attempt.attempt());
                attempted.addAll(attempt.events());
            } else if (!open.remove(entry.attempt())) {
                throw new IllegalArgumentException("an outcome without its attempt, or a second one: " + entry);
            }
            if (entry instanceof LedgerEntry.Ack ack) {
                acknowledged.addAll(ack.taken());
                refused.addAll(ack.refused().keySet());
            }
        }
        return new Sent(attempted, acknowledged, refused);
    }
}
