package org.gatehouse.testkit.fault;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.testkit.fault.Evidence.Feed;
import org.gatehouse.testkit.fault.Evidence.StoredEvent;

/** Rule of {@link Invariant#PARENTS_FIRST}. */
final class ParentsFirst implements Rule {

    @Override
    public List<Finding> findings(Joined evidence) {
        List<Finding> findings = new ArrayList<>();
        for (Map.Entry<RoomId, List<StoredEvent>> log : evidence.logs().entrySet()) {
            List<EventId> order =
                    log.getValue().stream().map(StoredEvent::eventId).toList();
            findings.addAll(inOrder("the log of " + log.getKey(), order, evidence));
        }
        for (Feed feed : evidence.evidence().feeds()) {
            findings.addAll(inOrder("the feed of " + feed.reader(), feed.events(), evidence));
        }
        return findings;
    }

    private static List<Finding> inOrder(String where, List<EventId> order, Joined evidence) {
        List<Finding> findings = new ArrayList<>();
        Set<EventId> later = new LinkedHashSet<>(order);
        for (EventId id : order) {
            later.remove(id);
            for (StoredEvent event : evidence.rowsOf(id)) {
                event.pdu().prevEvents().stream()
                        .filter(later::contains)
                        .map(parent -> new Finding(
                                Invariant.PARENTS_FIRST,
                                id.toString(),
                                "is before its parent " + parent + " in " + where))
                        .forEach(findings::add);
            }
        }
        return findings;
    }
}
