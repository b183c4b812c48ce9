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

/** Rule of {@link Invariant#NOTHING_TWICE}. A feed may begin late, at a join; from its first event on it is whole. */
final class NothingTwice implements Rule {

    @Override
    public List<Finding> findings(Joined evidence) {
        List<Finding> findings = new ArrayList<>();
        evidence.storedById().forEach((id, rows) -> {
            if (rows.size() > 1) {
                findings.add(finding(
                        id.toString(),
                        "has several rows: "
                                + rows.stream()
                                        .map(row -> row.room() + " " + row.ordinal())
                                        .toList()));
            }
        });
        Map<RoomId, List<StoredEvent>> logs = evidence.logs();
        for (Feed feed : evidence.evidence().feeds()) {
            Set<EventId> seen = new LinkedHashSet<>();
            for (EventId id : feed.events()) {
                if (!seen.add(id)) {
                    findings.add(finding(id.toString(), "was delivered twice to " + feed.reader()));
                }
                if (!evidence.isAccepted(id)) {
                    findings.add(finding(id.toString(), "was delivered to " + feed.reader() + " and is not accepted"));
                }
            }
            boolean begun = false;
            for (StoredEvent event : logs.getOrDefault(feed.room(), List.of())) {
                begun |= seen.contains(event.eventId());
                if (begun && evidence.isAccepted(event.eventId()) && !seen.contains(event.eventId())) {
                    findings.add(finding(event.eventId().toString(), "was not delivered to " + feed.reader()));
                }
            }
            if (!begun && feed.events().isEmpty()) {
                findings.add(finding(feed.room().toString(), "has an empty feed for " + feed.reader()));
            }
        }
        return findings;
    }

    private static Finding finding(String subject, String fact) {
        return new Finding(Invariant.NOTHING_TWICE, subject, fact);
    }
}
