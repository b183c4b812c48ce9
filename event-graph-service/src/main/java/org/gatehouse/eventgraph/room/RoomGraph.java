package org.gatehouse.eventgraph.room;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.gatehouse.cluster.ConnectedRecord.Seed;
import org.gatehouse.cluster.ConnectedRecord.Source;
import org.gatehouse.cluster.FetchWish;
import org.gatehouse.cluster.PduBytes;
import org.gatehouse.cluster.ReceivedRecord;
import org.gatehouse.cluster.ReplyTo;
import org.gatehouse.eventgraph.room.WaitingEvent.Status;
import org.gatehouse.eventgraph.room.WaitingRow.Change;
import org.gatehouse.eventgraph.room.WaitingRow.KeptBytes;
import org.gatehouse.eventgraph.room.WaitingRow.Wait;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.ServerName;

/**
 * The graph of one room. An event is connected as soon as all its parents are connected, all its auth events are
 * known, and the room's policy server, if it had to be asked, has been heard or given up; connected events are numbered from 1, parents before children. Whether an event is allowed is not asked here.
 *
 * <p>Deterministic: the same records in the same order give the same steps. Not thread-safe.
 */
public final class RoomGraph {

    /** An event is forgotten if it still waits after so many weeks of its log. */
    public static final int WEEKS_KEPT = 3;

    static final int MOST_REFUSED = 1_000;
    static final int MOST_ATTEMPTS = 3;

    private final RoomId roomId;
    private final WaitingRoom waiting = new WaitingRoom();
    private RoomHead head;
    private int refused;

    private RoomGraph(RoomId roomId, RoomHead head) {
        this.roomId = roomId;
        this.head = head;
    }

    /**
     * The graph as it stood at a head. {@link #recall} completes it.
     *
     * @param rows of the weeks that the head names; those of later causes do not count
     */
    public static RoomGraph restore(RoomId roomId, RoomHead head, List<WaitingRow> rows) {
        RoomGraph graph = new RoomGraph(roomId, head);
        rows.stream()
                .filter(row -> row.cause().compareTo(head.stamp()) <= 0)
                .sorted(Comparator.comparing(WaitingRow::cause).thenComparing(WaitingRow::eventId))
                .forEach(graph::replay);
        return graph;
    }

    private void replay(WaitingRow row) {
        Optional<WaitingEvent> before = waiting.find(row.eventId());
        if (row.change() == Change.ANSWERED) {
            before.ifPresent(event -> event.policy = row.details().flatMap(Wait::policy));
            return;
        }
        if (row.details().isPresent()) {
            replayWait(row, row.details().get(), before);
            return;
        }
        if (before.isEmpty()) {
            return;
        }
        WaitingEvent event = before.get();
        event.fanOut |= row.fanOut();
        if (row.change() == Change.KEPT) {
            event.replyTo.addAll(row.replyTo());
        } else if (row.change() == Change.REFUSED) {
            setStatus(event, Status.REFUSED);
            event.replyTo.clear();
        } else {
            remove(event);
        }
    }

    private void replayWait(WaitingRow row, Wait wait, Optional<WaitingEvent> before) {
        if (before.isEmpty() && wait.pdu().isEmpty() && !holdsItsBytes(row, wait)) {
            return;
        }
        before.ifPresent(this::remove);
        WaitingEvent event = new WaitingEvent(
                wait.facts(),
                wait.source(),
                wait.origin(),
                wait.bytes(),
                row.fanOut(),
                row.change() == Change.HELD ? Status.HELD : Status.WAITING,
                wait.attempt(),
                wait.wishId());
        event.replyTo.addAll(row.replyTo());
        event.policy = wait.policy();
        waiting.add(event);
    }

    private static boolean holdsItsBytes(WaitingRow row, Wait wait) {
        return wait.bytes().cause().equals(row.cause());
    }

    /** What the waiting events cite: to be looked up for {@link #recall}. */
    public Set<EventId> cited() {
        Set<EventId> cited = new LinkedHashSet<>();
        for (WaitingEvent event : waiting.all()) {
            cited.addAll(event.facts.parents());
            cited.addAll(event.facts.authEvents());
        }
        return cited;
    }

    /** Completes a restored graph with what is known of the events that waiting ones cite. */
    public void recall(RoomView view) {
        for (WaitingEvent event : waiting.all()) {
            event.compare(view);
            waiting.link(event);
        }
    }

    public RoomHead head() {
        return head;
    }

    /** What waits, in order of event IDs. */
    public List<WaitingNow> waiting() {
        return waiting.all().stream()
                .map(event -> new WaitingNow(
                        event.eventId(), event.status.name().toLowerCase(Locale.ROOT), event.origin, event.wishId))
                .toList();
    }

    /** Parents and auth events that waiting events lack. */
    public Set<EventId> missing() {
        return waiting.missing();
    }

    /**
     * Works the room's next record.
     *
     * @param view of all that the record's event cites; learns what the step adds
     * @param arrived outliers, stored already, that the record brought by a range of pdu-bulk: those among them that
     *     are missing here
     */
    public Step step(LogEntry entry, RoomView view, Set<EventId> arrived) {
        StepBuilder step = new StepBuilder(entry, view);
        waiting.olderThan(entry.week() - WEEKS_KEPT).forEach(event -> forget(step, event));
        arrived.forEach(eventId -> noteOutlier(step, eventId));
        Outputs.passedOn(entry).ifPresent(step::passOn);
        work(step, entry.message());
        connectComplete(step);
        if (endsJoin(entry.message()) && !head.isJoining()) {
            waiting.with(Status.HELD).forEach(event -> releaseHeld(step, event));
        }
        int until = Math.max(head.waitingUntil(), step.hasWaitingRows() ? entry.week() : 0);
        head = head.at(entry.stamp(), waiting.firstWeek(), waiting.isEmpty() ? 0 : until);
        return step.build();
    }

    private static boolean endsJoin(ReceivedRecord message) {
        return message instanceof ReceivedRecord.JoinDone || message instanceof ReceivedRecord.JoinFailed;
    }

    private void work(StepBuilder step, ReceivedRecord message) {
        if (message instanceof ReceivedRecord.Pushed pushed) {
            Arrival arrival = new Arrival(
                    factsOf(step), pushed.pdu(), Source.PUSHED, pushed.origin(), pushed.fanOut(), pushed.replyTo(), "");
            arrive(step, arrival);
        } else if (message instanceof ReceivedRecord.Made made) {
            made(step, made);
        } else if (message instanceof ReceivedRecord.Fetched fetched) {
            fetched(step, fetched);
        } else if (message instanceof ReceivedRecord.FetchOutcome outcome) {
            fetchEnded(step, outcome);
        } else if (message instanceof ReceivedRecord.PolicyAnswer answer) {
            policyAnswered(step, answer);
        } else if (message instanceof ReceivedRecord.ParentSeed seed) {
            Arrival arrival = new Arrival(
                    factsOf(step), seed.pdu(), Source.SEEDED, seed.from(), false, Optional.empty(), seed.wishId());
            arriveSeeded(step, arrival, new Seed(false, seed.state()));
        } else if (message instanceof ReceivedRecord.JoinBegun begun) {
            head = head.withJoin(begun.attemptId());
        } else if (message instanceof ReceivedRecord.JoinDone done) {
            head = head.withJoins(List.of());
            Arrival arrival =
                    new Arrival(factsOf(step), done.pdu(), Source.JOINED, done.via(), false, done.replyTo(), "");
            arriveSeeded(step, arrival, new Seed(true, done.state()));
        } else if (message instanceof ReceivedRecord.JoinFailed failed) {
            head = head.withoutJoin(failed.attemptId());
        }
    }

    /** An event as it comes in. */
    private record Arrival(
            EventFacts facts,
            PduBytes pdu,
            Source source,
            ServerName origin,
            boolean fanOut,
            Optional<ReplyTo> replyTo,
            String wishId) {

        EventId eventId() {
            return facts.eventId();
        }
    }

    private static EventFacts factsOf(StepBuilder step) {
        return step.entry.facts().orElseThrow(() -> new IllegalStateException("an event without its facts"));
    }

    private void made(StepBuilder step, ReceivedRecord.Made made) {
        EventFacts facts = factsOf(step);
        boolean known = step.view.ordinal(facts.eventId()).isPresent();
        if (!known && (isHeld(facts, step.view) || lacksSomething(facts, step.view))) {
            Outputs.poison(step.entry, false).ifPresent(step::poison);
            return;
        }
        ServerName origin = made.sender().serverName();
        arrive(step, new Arrival(facts, made.pdu(), Source.MADE, origin, true, made.replyTo(), ""));
    }

    private void fetched(StepBuilder step, ReceivedRecord.Fetched fetched) {
        EventFacts facts = factsOf(step);
        if (fetched.outlier()) {
            if (!step.view.isKnown(facts.eventId())) {
                step.outlier(
                        new Outlier(roomId, facts.roomVersion(), facts.eventId(), step.entry.stamp(), fetched.pdu()));
                step.view.addOutlier(facts.eventId());
                noteOutlier(step, facts.eventId());
            }
            return;
        }
        arrive(
                step,
                new Arrival(
                        facts,
                        fetched.pdu(),
                        Source.FETCHED,
                        fetched.from(),
                        false,
                        Optional.empty(),
                        fetched.wishId()));
    }

    private void arrive(StepBuilder step, Arrival arrival) {
        OptionalLong ordinal = step.view.ordinal(arrival.eventId());
        if (ordinal.isPresent()) {
            step.duplicate(arrival.eventId(), ordinal.getAsLong(), arrival.replyTo());
            return;
        }
        Optional<WaitingEvent> waits = waiting.find(arrival.eventId());
        if (waits.isPresent()) {
            arriveAgain(step, arrival, waits.get());
        } else if (isHeld(arrival.facts(), step.view)) {
            startWaiting(step, arrival, Status.HELD);
        } else if (lacksSomething(arrival.facts(), step.view) || awaitsPolicyServer(step)) {
            startWaiting(step, arrival, Status.WAITING);
        } else {
            connect(step, arrival, Optional.empty());
        }
    }

    /** While a join is under way, what cannot be connected waits for its outcome; in an unknown room all does. */
    private boolean isHeld(EventFacts facts, RoomView view) {
        return head.isJoining() && (head.isEmptyRoom() || lacksSomething(facts, view));
    }

    private static boolean lacksSomething(EventFacts facts, RoomView view) {
        return facts.parents().stream().anyMatch(parent -> view.ordinal(parent).isEmpty())
                || facts.authEvents().stream().anyMatch(authEvent -> !view.isKnown(authEvent));
    }

    private static boolean awaitsPolicyServer(StepBuilder step) {
        return step.entry.policy().filter(PolicyWord::awaited).isPresent();
    }

    /** The first answer counts, be it that there is none. It is kept if the event has to wait for something else. */
    private void policyAnswered(StepBuilder step, ReceivedRecord.PolicyAnswer answer) {
        waiting.find(answer.eventId()).filter(WaitingEvent::awaitsPolicyServer).ifPresent(event -> {
            event.policy = event.policy.map(word -> word.answered(answer));
            step.waits(event, Change.ANSWERED, waitOf(event, Optional.empty(), Optional.empty()));
            if (event.lacksNothing() && (event.status != Status.HELD || !head.isEmptyRoom())) {
                step.complete.add(event.eventId());
            }
        });
    }

    private void startWaiting(StepBuilder step, Arrival arrival, Status status) {
        KeptBytes bytes = new KeptBytes(step.entry.week(), step.entry.stamp(), arrival.eventId());
        WaitingEvent event = new WaitingEvent(
                arrival.facts(), arrival.source(), arrival.origin(), bytes, arrival.fanOut(), status, 1, "");
        arrival.replyTo().ifPresent(event.replyTo::add);
        event.policy = step.entry.policy();
        event.compare(step.view);
        waiting.add(event);
        if (status == Status.HELD) {
            step.waits(event, Change.HELD, waitOf(event, Optional.empty(), Optional.of(arrival.pdu())));
        } else if (arrival.source() == Source.FETCHED) {
            awaitWish(step, event, arrival.wishId(), Optional.of(arrival.pdu()));
        } else {
            wishFor(step, event, Optional.of(arrival.pdu()));
        }
    }

    /** It waits for the outcome of the wish that brought it; no wish is made for what a wish brings. */
    private void awaitWish(StepBuilder step, WaitingEvent event, String wishId, Optional<PduBytes> pdu) {
        event.wishId = wishId;
        setStatus(event, Status.WAITING);
        step.waits(event, Change.WAITS, waitOf(event, Optional.empty(), pdu));
    }

    /** Wishes for what nobody works to get; if there is nothing such, the event waits for others that wait. */
    private void wishFor(StepBuilder step, WaitingEvent event, Optional<PduBytes> pdu) {
        List<EventId> parents = unexpected(event.missingParents);
        List<EventId> authEvents = unexpected(event.missingAuthEvents);
        Optional<FetchWish> wish = Optional.empty();
        event.wishId = "";
        setStatus(event, Status.WAITING);
        if (!parents.isEmpty() || !authEvents.isEmpty()) {
            event.wishId = event.eventId() + "#" + event.attempt;
            wish = Optional.of(new FetchWish(
                    event.wishId,
                    roomId,
                    event.facts.roomVersion(),
                    event.eventId(),
                    event.origin,
                    event.source == Source.PUSHED,
                    parents,
                    authEvents,
                    head.newest(),
                    head.minDepth(),
                    event.policy.map(PolicyWord::server)));
        }
        step.waits(event, Change.WAITS, waitOf(event, wish, pdu));
    }

    private List<EventId> unexpected(Set<EventId> missing) {
        return missing.stream().filter(eventId -> !waiting.isExpected(eventId)).toList();
    }

    private static Wait waitOf(WaitingEvent event, Optional<FetchWish> wish, Optional<PduBytes> pdu) {
        return new Wait(
                event.attempt,
                event.wishId,
                wish,
                event.source,
                event.origin,
                event.facts,
                event.bytes,
                pdu,
                event.policy);
    }

    private void arriveAgain(StepBuilder step, Arrival arrival, WaitingEvent event) {
        boolean learnsFanOut = arrival.fanOut() && !event.fanOut;
        event.fanOut |= arrival.fanOut();
        if (event.status != Status.REFUSED) {
            if (learnsFanOut || arrival.replyTo().isPresent()) {
                arrival.replyTo().ifPresent(event.replyTo::add);
                step.happened(
                        event, Change.KEPT, arrival.replyTo().map(List::of).orElse(List.of()));
            }
            return;
        }
        arrival.replyTo().ifPresent(event.replyTo::add);
        if (arrival.source() == Source.FETCHED) {
            awaitWish(step, event, arrival.wishId(), Optional.empty());
        } else if (event.attempt < MOST_ATTEMPTS) {
            event.attempt++;
            wishFor(step, event, Optional.empty());
        } else {
            refuse(step, event);
        }
    }

    private void arriveSeeded(StepBuilder step, Arrival arrival, Seed seed) {
        OptionalLong ordinal = step.view.ordinal(arrival.eventId());
        if (ordinal.isPresent()) {
            step.duplicate(arrival.eventId(), ordinal.getAsLong(), arrival.replyTo());
            return;
        }
        connect(step, arrival, Optional.of(seed));
    }

    private void connect(StepBuilder step, Arrival arrival, Optional<Seed> seed) {
        Set<ReplyTo> replyTo = new LinkedHashSet<>();
        waiting.find(arrival.eventId()).ifPresent(event -> {
            replyTo.addAll(event.replyTo);
            stopWaiting(step, event, Change.CONNECTED);
        });
        arrival.replyTo().ifPresent(replyTo::add);
        List<Long> parents = arrival.facts().parents().stream()
                .map(step.view::ordinal)
                .filter(OptionalLong::isPresent)
                .map(OptionalLong::getAsLong)
                .toList();
        place(
                step,
                arrival.facts(),
                parents,
                arrival.source(),
                arrival.origin(),
                arrival.fanOut(),
                seed,
                List.copyOf(replyTo),
                Bytes.here(arrival.pdu()));
    }

    /** Connects what has become complete, and what that completes: parents before children, ties by event ID. */
    private void connectComplete(StepBuilder step) {
        while (!step.complete.isEmpty()) {
            EventId next = step.complete.first();
            step.complete.remove(next);
            waiting.find(next).ifPresent(event -> connectWaiting(step, event));
        }
    }

    private void connectWaiting(StepBuilder step, WaitingEvent event) {
        stopWaiting(step, event, Change.CONNECTED);
        place(
                step,
                event.facts,
                event.connectedParents(),
                event.source,
                event.origin,
                event.fanOut,
                Optional.empty(),
                List.copyOf(event.replyTo),
                Bytes.kept(event));
    }

    private void place(
            StepBuilder step,
            EventFacts facts,
            List<Long> parents,
            Source source,
            ServerName origin,
            boolean fanOut,
            Optional<Seed> seed,
            List<ReplyTo> replyTo,
            Bytes bytes) {
        head = head.withConnected(facts.eventId(), facts.depth());
        long ordinal = head.lastOrdinal();
        Placement placement = new Placement(
                roomId,
                facts.roomVersion(),
                facts.eventId(),
                ordinal,
                parents,
                step.entry.stamp(),
                source,
                origin,
                fanOut,
                seed,
                replyTo);
        step.connected(new Step.Connection(placement, bytes.pdu(), bytes.kept(), bytes.policySignature()));
        step.view.addConnected(facts.eventId(), ordinal);
        for (WaitingEvent complete : waiting.connected(facts.eventId(), ordinal)) {
            step.complete.add(complete.eventId());
        }
    }

    /** Where the bytes of an event that is connected are, and what is to be added to them. */
    private record Bytes(
            Optional<PduBytes> pdu, Optional<KeptBytes> kept, Optional<PolicyWord.Signature> policySignature) {

        static Bytes here(PduBytes pdu) {
            return new Bytes(Optional.of(pdu), Optional.empty(), Optional.empty());
        }

        static Bytes kept(WaitingEvent event) {
            return new Bytes(Optional.empty(), Optional.of(event.bytes), event.policy.flatMap(PolicyWord::signature));
        }
    }

    private void noteOutlier(StepBuilder step, EventId eventId) {
        for (WaitingEvent complete : waiting.outlierKnown(eventId)) {
            if (complete.status != Status.HELD || !head.isEmptyRoom()) {
                step.complete.add(complete.eventId());
            }
        }
    }

    /** The join has come to its end: connected, wished for, or dropped if the room has remained unknown. */
    private void releaseHeld(StepBuilder step, WaitingEvent event) {
        if (waiting.find(event.eventId()).isEmpty()) {
            return;
        }
        if (head.isEmptyRoom()) {
            stopWaiting(step, event, Change.DROPPED);
        } else if (event.lacksNothing()) {
            connectWaiting(step, event);
            connectComplete(step);
        } else {
            wishFor(step, event, Optional.empty());
        }
    }

    private void fetchEnded(StepBuilder step, ReceivedRecord.FetchOutcome outcome) {
        Deque<WaitingEvent> refusals = new ArrayDeque<>(waiting.awaiting(outcome.wishId()));
        while (!refusals.isEmpty()) {
            WaitingEvent event = refusals.removeFirst();
            if (event.status == Status.REFUSED) {
                continue;
            }
            refuse(step, event);
            for (WaitingEvent child : waiting.waitersOf(event.eventId())) {
                if (isLeftAlone(child)) {
                    if (child.origin.equals(event.origin) || child.attempt >= MOST_ATTEMPTS) {
                        refusals.addLast(child);
                    } else {
                        child.attempt++;
                        wishFor(step, child, Optional.empty());
                    }
                }
            }
        }
    }

    /** Whether it waits without a wish, and for something that nobody works to get any more. */
    private boolean isLeftAlone(WaitingEvent event) {
        return event.status == Status.WAITING
                && event.wishId.isEmpty()
                && !(unexpected(event.missingParents).isEmpty()
                        && unexpected(event.missingAuthEvents).isEmpty());
    }

    private void refuse(StepBuilder step, WaitingEvent event) {
        setStatus(event, Status.REFUSED);
        step.happened(event, Change.REFUSED, List.copyOf(event.replyTo));
        event.replyTo.clear();
        if (refused > MOST_REFUSED) {
            forget(step, waiting.with(Status.REFUSED).get(0));
        }
    }

    private void forget(StepBuilder step, WaitingEvent event) {
        stopWaiting(step, event, Change.FORGOTTEN);
    }

    private void stopWaiting(StepBuilder step, WaitingEvent event, Change change) {
        remove(event);
        step.happened(event, change, List.copyOf(event.replyTo));
    }

    private void remove(WaitingEvent event) {
        setStatus(event, Status.WAITING);
        waiting.remove(event);
    }

    private void setStatus(WaitingEvent event, Status status) {
        refused += (status == Status.REFUSED ? 1 : 0) - (event.status == Status.REFUSED ? 1 : 0);
        event.status = status;
    }
}
