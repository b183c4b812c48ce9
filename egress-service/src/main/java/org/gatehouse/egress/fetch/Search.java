package org.gatehouse.egress.fetch;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.gatehouse.cluster.FetchWish;
import org.gatehouse.egress.fetch.RoomPeer.GaveUp;
import org.gatehouse.egress.remote.FederationClient;
import org.gatehouse.egress.verification.CheckEvents;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.roomversion.RoomVersion;

/** Looks for what a gap lacks, at one server, until the deadline. */
final class Search {

    static final Duration DEADLINE = Duration.ofSeconds(30);
    static final String NO_PARENTS = "the server does not give the event's own parents";

    /** What peers give at most in one answer to get_missing_events. */
    private static final int LIMIT = 20;

    /** How often it walks back before it takes a state instead. */
    private static final int WALKS = 3;

    private static final int MOST_SEEDS = 10;
    private static final int MOST_OUTLIERS = 300;
    private static final int WHOLE_CHAIN_FROM = 5;

    private final FederationClient client;
    private final KnownEvents knownEvents;
    private final CheckEvents check;
    private final OurNames ourNames;
    private final Clock clock;
    private final Pauses pauses;

    Search(
            FederationClient client,
            KnownEvents knownEvents,
            CheckEvents check,
            OurNames ourNames,
            Clock clock,
            Pauses pauses) {
        this.client = client;
        this.knownEvents = knownEvents;
        this.check = check;
        this.ourNames = ourNames;
        this.clock = clock;
        this.pauses = pauses;
    }

    /** @return what is still missing in the end, in words; empty if nothing is */
    String fill(Gap gap, FetchWish wish, RoomVersion version) throws InterruptedException {
        if (ourNames.isOurs(wish.askFirst())) {
            return "there is no other server to ask";
        }
        RoomPeer peer = new RoomPeer(
                client,
                wish.askFirst(),
                wish.roomId(),
                ourNames,
                clock.instant().plus(DEADLINE),
                clock,
                pauses);
        try {
            walkBack(peer, wish, version, gap);
            Set<EventId> missing = gap.unknownParents();
            if (wish.pushed() && missing.stream().anyMatch(wish.missingParents()::contains)) {
                return NO_PARENTS;
            }
            takeSeeds(new StateBefore(peer, wish, version, knownEvents, check), missing, gap);
            takeAuthEvents(peer, wish, version, gap);
            return whatLacks(gap);
        } catch (GaveUp e) {
            return String.valueOf(e.getMessage());
        }
    }

    private void walkBack(RoomPeer peer, FetchWish wish, RoomVersion version, Gap gap) throws InterruptedException {
        List<EventId> latest = List.of(wish.eventId());
        Set<EventId> missing = gap.unknownParents();
        for (int walk = 0; walk < WALKS && !missing.isEmpty(); walk++) {
            List<JsonObject> given = peer.missingEvents(latest, wish.latestKnown(), LIMIT, wish.minDepth());
            if (!gap.add(
                    check.accepted(version, wish.roomId(), peer.server(), given).values())) {
                return;
            }
            missing = gap.unknownParents();
            latest = gap.childrenOf(missing).stream().limit(LIMIT).toList();
        }
    }

    private static void takeSeeds(StateBefore states, Set<EventId> parents, Gap gap) throws InterruptedException {
        for (EventId parent : parents.stream().limit(MOST_SEEDS).toList()) {
            states.of(parent).ifPresent(gap::addSeed);
        }
    }

    private void takeAuthEvents(RoomPeer peer, FetchWish wish, RoomVersion version, Gap gap)
            throws InterruptedException {
        Set<EventId> needed = gap.unknownAuthEvents();
        if (needed.size() >= WHOLE_CHAIN_FROM) {
            List<JsonObject> chain = peer.authChain(wish.eventId());
            take(check.accepted(version, wish.roomId(), peer.server(), chain).values(), gap);
            needed = gap.unknownAuthEvents();
        }
        boolean found = true;
        while (!needed.isEmpty() && found && gap.outliers().size() < MOST_OUTLIERS) {
            List<JsonObject> given = new ArrayList<>();
            for (EventId id : needed) {
                given.addAll(peer.event(id));
            }
            found = take(
                    check.accepted(version, wish.roomId(), peer.server(), given).values(), gap);
            needed = gap.unknownAuthEvents();
        }
    }

    /** Takes of an answer what is needed, and what that needs in turn; false if that is nothing. */
    private static boolean take(Iterable<Pdu> given, Gap gap) {
        List<Pdu> left = new ArrayList<>();
        given.forEach(left::add);
        boolean any = false;
        while (true) {
            Set<EventId> wanted = gap.unknownAuthEvents();
            List<Pdu> taken = left.stream()
                    .filter(event -> wanted.contains(event.eventId()))
                    .toList();
            if (taken.isEmpty()) {
                return any;
            }
            any = true;
            gap.addOutliers(taken);
            left.removeAll(taken);
        }
    }

    private static String whatLacks(Gap gap) {
        Set<EventId> parents = gap.unknownParents();
        if (!parents.isEmpty()) {
            return "no state before " + parents.size() + " parents";
        }
        Set<EventId> authEvents = gap.unknownAuthEvents();
        return authEvents.isEmpty() ? "" : authEvents.size() + " auth events are missing";
    }
}
