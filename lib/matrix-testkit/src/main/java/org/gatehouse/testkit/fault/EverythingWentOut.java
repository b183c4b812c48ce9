package org.gatehouse.testkit.fault;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.testkit.fault.Evidence.StoredEvent;

/**
 * Rule of {@link Invariant#EVERYTHING_WENT_OUT}. Who is in a room is read off the room's log, accepted membership by
 * accepted membership: good for rooms whose memberships do not fork. A peer may get an event twice, not later than one
 * that follows it in the room.
 */
final class EverythingWentOut implements Rule {

    @Override
    public List<Finding> findings(Joined evidence) {
        List<Finding> findings = new ArrayList<>();
        evidence.evidence().arrivals().forEach((peer, arrived) -> {
            for (List<StoredEvent> log : evidence.logs().values()) {
                findings.addAll(ofRoom(peer, new ArrayList<>(new LinkedHashSet<>(arrived)), log, evidence));
            }
        });
        return findings;
    }

    private static List<Finding> ofRoom(
            ServerName peer, List<EventId> arrived, List<StoredEvent> log, Joined evidence) {
        Map<EventId, Integer> places = new LinkedHashMap<>();
        for (EventId id : arrived) {
            places.put(id, places.size());
        }
        List<Finding> findings = new ArrayList<>();
        int latest = -1;
        for (EventId id : expected(peer, log, evidence)) {
            Integer place = places.get(id);
            if (place == null) {
                findings.add(finding(id, "did not come to " + peer));
            } else if (place < latest) {
                findings.add(finding(id, "came to " + peer + " before one that it follows"));
            } else {
                latest = place;
            }
        }
        return findings;
    }

    private static List<EventId> expected(ServerName peer, List<StoredEvent> log, Joined evidence) {
        Set<UserId> members = new LinkedHashSet<>();
        List<EventId> expected = new ArrayList<>();
        for (StoredEvent event : log) {
            Pdu pdu = event.pdu();
            if (!evidence.isAccepted(event.eventId())) {
                continue;
            }
            if (!members.isEmpty() && evidence.isHosted(pdu.sender().serverName())) {
                expected.add(event.eventId());
            }
            if (pdu.isState() && pdu.type().equals("m.room.member")) {
                pdu.stateKey()
                        .flatMap(UserId::tryParse)
                        .filter(user -> user.serverName().equals(peer))
                        .ifPresent(user -> note(members, user, pdu));
            }
        }
        return expected;
    }

    private static void note(Set<UserId> members, UserId user, Pdu membership) {
        if (membership.content().string("membership").filter("join"::equals).isPresent()) {
            members.add(user);
        } else {
            members.remove(user);
        }
    }

    private static Finding finding(EventId id, String fact) {
        return new Finding(Invariant.EVERYTHING_WENT_OUT, id.toString(), fact);
    }
}
