package org.gatehouse.stateresolution.room;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.gatehouse.cluster.PduBytes;
import org.gatehouse.matrix.authrule.AuthEvent;
import org.gatehouse.matrix.authrule.AuthRules;
import org.gatehouse.matrix.authrule.AuthVerdict;
import org.gatehouse.matrix.authrule.MissingAuthEvent;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.event.StoredPdus;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.roomversion.RoomVersion;
import org.gatehouse.matrix.stateres.AuthGraph;
import org.gatehouse.matrix.stateres.RoomAuthGraph;
import org.jspecify.annotations.Nullable;

/**
 * The events of a room that take part in authorisation: all its state events and outliers, read when they are asked
 * for.
 */
public final class AuthEvents implements AuthGraph {

    /** How many events are read at once. */
    private static final int PAGE = 500;

    private final RoomId roomId;
    private final RoomVersion version;
    private final RoomRows rows;
    private final RowCache<EventId, Known> known;
    private final Map<EventId, Membership> memberships = new HashMap<>();
    private final List<Known> newlySettled = new ArrayList<>();
    /** What was looked for in vain while the present record is worked. */
    private final Set<EventId> absent = new HashSet<>();

    private final int capacity;
    private RoomAuthGraph graph;
    private long knownUpTo;

    AuthEvents(RoomId roomId, RoomVersion version, RoomRows rows, int capacity, long knownUpTo) {
        this.roomId = roomId;
        this.version = version;
        this.rows = rows;
        this.known = new RowCache<>(capacity);
        this.capacity = capacity;
        this.graph = RoomAuthGraph.of(version);
        this.knownUpTo = knownUpTo;
    }

    /** The event if the judge knows it, in this room. */
    public Optional<Pdu> find(EventId eventId) {
        return Optional.ofNullable(load(eventId)).map(event -> event.pdu);
    }

    /** @throws MissingAuthEvent if the judge does not know it in this room */
    @Override
    public Pdu event(EventId eventId) {
        return require(eventId).pdu;
    }

    @Override
    public boolean isRejected(EventId eventId) {
        return standing(eventId) == Standing.REJECTED;
    }

    /**
     * Check 4 on receipt.
     *
     * @throws MissingAuthEvent if one of its auth events is not known, or not settled for want of its own
     */
    public AuthVerdict check(Pdu event) {
        return AuthRules.checkAgainstAuthEvents(event, this::asAuthEvent);
    }

    /** What the event counts for. */
    public Standing standing(EventId eventId) {
        Known event = require(eventId);
        if (event.standing == Standing.UNSETTLED) {
            settle(eventId);
            return require(eventId).standing;
        }
        return event.standing;
    }

    /** What a member event says; NONE for others. */
    public Membership membership(EventId eventId) {
        Membership membership = memberships.get(eventId);
        if (membership == null) {
            membership = Membership.of(event(eventId));
            memberships.put(eventId, membership);
        }
        return membership;
    }

    void learnMembership(EventId eventId, Membership membership) {
        memberships.put(eventId, membership);
    }

    /** Keeps an outlier, judged by check 4 alone, or not yet if its own auth events are missing. */
    public void learnOutlier(Pdu event, long cause, RoomWrites writes) {
        if (load(event.eventId()) != null) {
            return;
        }
        Known outlier = new Known(event, Standing.UNSETTLED);
        known.addFresh(event.eventId(), outlier);
        absent.remove(event.eventId());
        settle(event.eventId());
        writes.add(new AuthRow(
                event.eventId(),
                new PduBytes(event.canonicalBytes()),
                Optional.of(new AuthRow.Learned(outlier.standing, cause)),
                Optional.empty(),
                Optional.empty()));
    }

    /** Writes down which outliers could be judged at last while a record was worked. */
    public void keepSettled(long cause, RoomWrites writes) {
        for (Known event : newlySettled) {
            writes.add(new AuthRow(
                    event.pdu.eventId(),
                    new PduBytes(event.pdu.canonicalBytes()),
                    Optional.empty(),
                    Optional.of(new AuthRow.Learned(event.standing, cause)),
                    Optional.empty()));
        }
        newlySettled.clear();
    }

    /** Keeps a state event that was judged in its place. */
    public void learnInPlace(Pdu event, boolean rejected, long cause, RoomWrites writes) {
        Standing standing = rejected ? Standing.REJECTED : Standing.ACCEPTED;
        Known judged = new Known(event, standing);
        known.addFresh(event.eventId(), judged);
        graphStanding(judged);
        absent.remove(event.eventId());
        writes.add(new AuthRow(
                event.eventId(),
                new PduBytes(event.canonicalBytes()),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new AuthRow.Learned(standing, cause))));
    }

    /** Reads events that will be asked for, many at once. Those that are not known are passed over. */
    public void prefetch(Collection<EventId> eventIds) {
        List<EventId> wanted = new ArrayList<>();
        for (EventId eventId : eventIds) {
            if (known.get(eventId) == null) {
                wanted.add(eventId);
            }
        }
        for (int from = 0; from < wanted.size(); from += PAGE) {
            List<EventId> page = wanted.subList(from, Math.min(from + PAGE, wanted.size()));
            absent.addAll(page);
            rows.authEvents(roomId, page).values().forEach(this::take);
        }
    }

    /**
     * Visits events, in the order given, reading many at once and holding few.
     *
     * @throws MissingAuthEvent at the first that is not known
     */
    public void forEach(Collection<EventId> eventIds, Consumer<Pdu> visitor) {
        List<EventId> all = List.copyOf(eventIds);
        for (int from = 0; from < all.size(); from += PAGE) {
            List<EventId> page = all.subList(from, Math.min(from + PAGE, all.size()));
            prefetch(page);
            page.forEach(eventId -> visitor.accept(event(eventId)));
        }
    }

    /**
     * The union of the events' auth chains, as {@code AuthChains} computes it, holding few events at a time.
     *
     * @throws MissingAuthEvent if an event of them is not known
     */
    public SortedSet<EventId> chainOf(Collection<EventId> eventIds) {
        SortedSet<EventId> chain = new TreeSet<>();
        Collection<EventId> frontier = eventIds;
        while (!frontier.isEmpty()) {
            List<EventId> next = new ArrayList<>();
            forEach(
                    frontier,
                    event -> event.effectiveAuthEvents().stream()
                            .filter(chain::add)
                            .forEach(next::add));
            frontier = next;
        }
        return chain;
    }

    /** As {@link #prefetch}, and the whole auth chains of the events. */
    public void prefetchChains(Collection<EventId> eventIds) {
        Set<EventId> seen = new HashSet<>(eventIds);
        List<EventId> frontier = new ArrayList<>(seen);
        while (!frontier.isEmpty()) {
            prefetch(frontier);
            List<EventId> next = new ArrayList<>();
            for (EventId eventId : frontier) {
                Known event = load(eventId);
                if (event != null) {
                    event.pdu.effectiveAuthEvents().stream().filter(seen::add).forEach(next::add);
                }
            }
            frontier = next;
        }
    }

    /**
     * The room's auth graph for resolution, with these events and their auth chains in it, and perhaps with others. It
     * starts anew when it has grown beyond what is to be held in memory.
     *
     * @throws MissingAuthEvent if an event of them is not known
     */
    public RoomAuthGraph graphWith(Collection<EventId> eventIds) {
        List<EventId> missing =
                eventIds.stream().filter(eventId -> !graph.contains(eventId)).toList();
        prefetchChains(missing);
        graph.addWithChains(missing, this);
        return graph;
    }

    /** The room was worked up to this record. */
    void knownUpTo(long offset) {
        knownUpTo = offset;
        absent.clear();
    }

    void stored() {
        known.stored();
        if (graph.size() > capacity) {
            graph = RoomAuthGraph.of(version);
        }
    }

    /** Forgets what another owner of the room may have learnt better. */
    void forget() {
        known.clear();
        absent.clear();
        graph = RoomAuthGraph.of(version);
    }

    /** What is in the graph follows what becomes of an event. */
    private void graphStanding(Known event) {
        if (graph.contains(event.pdu.eventId())) {
            graph.add(event.pdu, event.standing == Standing.REJECTED);
        }
    }

    private Optional<AuthEvent> asAuthEvent(EventId eventId) {
        Known event = load(eventId);
        if (event == null) {
            return Optional.empty();
        }
        Standing standing = standing(eventId);
        return standing == Standing.UNSETTLED
                ? Optional.empty()
                : Optional.of(new AuthEvent(event.pdu, standing == Standing.REJECTED));
    }

    private Known require(EventId eventId) {
        Known event = load(eventId);
        if (event == null) {
            throw new MissingAuthEvent(eventId);
        }
        return event;
    }

    private @Nullable Known load(EventId eventId) {
        Known event = known.get(eventId);
        if (event != null) {
            return event;
        }
        if (absent.contains(eventId)) {
            return null;
        }
        AuthRow row = rows.authEvents(roomId, List.of(eventId)).get(eventId);
        return row == null ? null : take(row);
    }

    private @Nullable Known take(AuthRow row) {
        Optional<AuthRow.Learned> learned = row.inPlace()
                .filter(this::isSo)
                .or(() -> row.settled().filter(this::isSo))
                .or(() -> row.asOutlier().filter(this::isSo));
        if (learned.isEmpty()) {
            return null;
        }
        Pdu pdu = StoredPdus.read(version, row.eventId(), row.pdu().canonical());
        Known event = new Known(pdu, learned.get().standing());
        known.add(row.eventId(), event);
        absent.remove(row.eventId());
        return event;
    }

    private boolean isSo(AuthRow.Learned learned) {
        return learned.cause() <= knownUpTo;
    }

    /**
     * Judges an outlier by its auth events, these first if need be, on a stack of our own: a chain can be longer than
     * the thread's. Leaves it unsettled if one of them is unknown. Each event is held until the end, so that the cache
     * cannot lose what was found out.
     */
    private void settle(EventId start) {
        Map<EventId, Known> held = new HashMap<>();
        Deque<EventId> stack = new ArrayDeque<>(List.of(start));
        while (!stack.isEmpty()) {
            Known event = held.computeIfAbsent(stack.peek(), this::require);
            Optional<EventId> first = Optional.empty();
            for (EventId authEvent : event.pdu.effectiveAuthEvents()) {
                Known cited = held.containsKey(authEvent) ? held.get(authEvent) : load(authEvent);
                if (cited == null) {
                    return;
                }
                if (cited.standing == Standing.UNSETTLED) {
                    held.put(authEvent, cited);
                    first = Optional.of(authEvent);
                }
            }
            if (first.isPresent()) {
                stack.push(first.get());
            } else {
                event.standing = AuthRules.checkAgainstAuthEvents(event.pdu, id -> asSettled(id, held))
                                .isAllowed()
                        ? Standing.ACCEPTED
                        : Standing.REJECTED;
                newlySettled.add(event);
                known.addFresh(event.pdu.eventId(), event);
                graphStanding(event);
                stack.pop();
            }
        }
    }

    private Optional<AuthEvent> asSettled(EventId eventId, Map<EventId, Known> held) {
        Known event = held.containsKey(eventId) ? held.get(eventId) : require(eventId);
        return Optional.of(new AuthEvent(event.pdu, event.standing == Standing.REJECTED));
    }

    private static final class Known {
        private final Pdu pdu;
        private Standing standing;

        private Known(Pdu pdu, Standing standing) {
            this.pdu = pdu;
            this.standing = standing;
        }
    }
}
