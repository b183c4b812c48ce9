package org.gatehouse.matrix.stateres;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.gatehouse.matrix.authrule.MissingAuthEvent;
import org.gatehouse.matrix.event.EventFacts;
import org.gatehouse.matrix.event.EventTypes;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.event.StateKey;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.matrix.roomversion.EventIdFormat;
import org.gatehouse.matrix.roomversion.RoomVersion;
import org.jspecify.annotations.Nullable;

/**
 * The state events of one room and how they cite each other, as numbers in arrays that only grow: what resolution works
 * on. An event gets its number when it is added, after all that it cites; a slot when it is first mentioned. Of the
 * event itself only what the rules read is kept.
 *
 * <p>A resolution is right if the graph holds the events of its states and their whole auth chains. More does no harm.
 * For one thread at a time.
 */
public final class RoomAuthGraph {
    static final int NONE = -1;

    private static final byte OTHER = 0;
    private static final byte CREATE = 1;
    private static final byte POWER_LEVELS = 2;
    private static final byte JOIN_RULES = 3;
    private static final byte MEMBER = 4;
    private static final byte POWER_EVENT = 8;

    private final RoomVersion version;
    private final boolean senderNamesEvents;
    private final Numbering<EventId> events;
    private final Numbering<StateKey> slots = new Numbering<>(slot -> KeyedHash.of(slot.type(), slot.stateKey()));
    private final AuthEdges edges = new AuthEdges();
    private final BitSet rejected = new BitSet();

    private final FactColumns facts = new FactColumns();
    private byte[] kinds = new byte[16];
    private int[] slotOf = new int[16];
    private int[] senderSlotOf = new int[16];
    private int[] powerLevelsOf = new int[16];
    private long[] timeOf = new long[16];
    private long[] depthOf = new long[16];
    private long[] trieHashOf = new long[16];
    private int[] cited = new int[16];

    private RoomAuthGraph(RoomVersion version) {
        this.version = version;
        this.senderNamesEvents = version.eventIdFormat() == EventIdFormat.FIELD;
        this.events = new Numbering<>(
                senderNamesEvents
                        ? id -> KeyedHash.of(id.value())
                        : id -> id.value().hashCode());
    }

    /** An empty graph for a room of this version. */
    public static RoomAuthGraph of(RoomVersion version) {
        return new RoomAuthGraph(version);
    }

    /**
     * Adds an event; of one that is there already, takes only whether it is rejected.
     *
     * @param isRejected whether it was rejected on receipt, for whatever reason
     * @throws MissingAuthEvent if an event that it cites, or that a version 12 room ID implies, was not added before
     */
    public void add(Pdu event, boolean isRejected) {
        int known = events.find(event.eventId());
        if (known != NONE) {
            judge(known, event, isRejected);
            return;
        }
        List<EventId> authEvents = event.effectiveAuthEvents();
        if (authEvents.size() > cited.length) {
            cited = new int[2 * authEvents.size()];
        }
        for (int i = 0; i < authEvents.size(); i++) {
            cited[i] = number(authEvents.get(i));
        }
        int number = events.number(event.eventId());
        if (number == kinds.length) {
            grow(2 * number);
        }
        edges.add(cited, authEvents.size());
        kinds[number] = kind(event);
        slotOf[number] = event.stateSlot().map(this::slotNumber).orElse(NONE);
        senderSlotOf[number] =
                slotNumber(new StateKey(EventTypes.MEMBER, event.sender().value()));
        powerLevelsOf[number] = firstCited(number, POWER_LEVELS);
        timeOf[number] = event.originServerTs();
        depthOf[number] = event.depth();
        facts.add(number, event, senderSlotOf[number], followedCreate(event));
        judge(number, event, isRejected);
    }

    private void judge(int number, Pdu event, boolean isRejected) {
        rejected.set(number, isRejected);
        if (isRejected) {
            facts.keepWhole(number, event);
        }
    }

    private @Nullable EventId followedCreate(Pdu event) {
        if (event.prevEvents().size() != 1) {
            return null;
        }
        int parent = events.find(event.prevEvents().get(0));
        return parent != NONE && kind(parent) == CREATE ? id(parent) : null;
    }

    /**
     * Adds these events and their whole auth chains, but for what is there already.
     *
     * @throws MissingAuthEvent if the source lacks one of them
     */
    public void addWithChains(Collection<EventId> eventIds, AuthGraph source) {
        Deque<Pdu> path = new ArrayDeque<>();
        Numbering<EventId> begun = new Numbering<>(id -> KeyedHash.of(id.value()));
        for (EventId eventId : eventIds) {
            if (!contains(eventId)) {
                path.push(source.event(eventId));
            }
            while (!path.isEmpty()) {
                Pdu event = path.peek();
                if (!contains(event.eventId()) && pushMissing(event, source, path, begun)) {
                    continue;
                }
                path.pop();
                add(event, source.isRejected(event.eventId()));
            }
        }
    }

    /** Whether something was missing. The events of versions 1 and 2 can cite each other in a ring, which never ends. */
    private boolean pushMissing(Pdu event, AuthGraph source, Deque<Pdu> path, Numbering<EventId> begun) {
        boolean isBegun = begun.find(event.eventId()) != NONE;
        begun.number(event.eventId());
        boolean isAnyMissing = false;
        for (EventId authEvent : event.effectiveAuthEvents()) {
            if (!contains(authEvent)) {
                if (isBegun) {
                    throw new MissingAuthEvent(authEvent);
                }
                path.push(source.event(authEvent));
                isAnyMissing = true;
            }
        }
        return isAnyMissing;
    }

    public boolean contains(EventId eventId) {
        return events.find(eventId) != NONE;
    }

    /** How many events there are. */
    public int size() {
        return events.size();
    }

    public RoomVersion version() {
        return version;
    }

    /** @throws MissingAuthEvent if there is no such event */
    int number(EventId eventId) {
        int number = events.find(eventId);
        if (number == NONE) {
            throw new MissingAuthEvent(eventId);
        }
        return number;
    }

    /** As {@link #number(EventId)}, for the event of an entry. */
    int number(TrieEntry entry) {
        EventId eventId = entry.eventId();
        int number = senderNamesEvents ? events.find(eventId) : events.find(eventId, entry.eventHash());
        if (number == NONE) {
            throw new MissingAuthEvent(eventId);
        }
        return number;
    }

    EventId id(int event) {
        return events.thing(event);
    }

    /** The event as the rules read it. */
    EventFacts facts(int event) {
        Pdu whole = facts.whole(event);
        return whole != null ? whole : new KeptFacts(this, event);
    }

    /** The event itself, of which the graph has only those that were rejected, and few others. */
    Pdu rejectedEvent(int event) {
        return Objects.requireNonNull(facts.whole(event));
    }

    /** The columns behind {@link KeptFacts}. */
    FactColumns columns() {
        return facts;
    }

    UserId senderOf(int event) {
        return facts.userOf(senderSlotOf[event]);
    }

    AuthEdges edges() {
        return edges;
    }

    boolean isRejected(int event) {
        return rejected.get(event);
    }

    boolean isMember(int event) {
        return kind(event) == MEMBER;
    }

    /** The slot that the event fills, or {@link #NONE}. */
    int slotOf(int event) {
        return slotOf[event];
    }

    /** The slot of the sender's membership: as good a number for the sender as any. */
    int senderSlotOf(int event) {
        return senderSlotOf[event];
    }

    /** The power levels event that the event cites, the first of several, or {@link #NONE}. */
    int powerLevelsOf(int event) {
        return powerLevelsOf[event];
    }

    long depthOf(int event) {
        return depthOf[event];
    }

    /** The event IDs of these numbers, in their order. */
    List<EventId> ids(int[] numbers) {
        return IntStream.of(numbers).mapToObj(this::id).toList();
    }

    /** The event IDs of these numbers, sorted. */
    List<EventId> sortedIds(int[] numbers) {
        return IntStream.of(numbers).mapToObj(this::id).sorted().toList();
    }

    /** The create event that the event cites, or that its room ID implies, or {@link #NONE}. */
    int createOf(int event) {
        return firstCited(event, CREATE);
    }

    /**
     * A "power event" might take from someone the ability to do something. Of power levels and join rules only those
     * with an empty state key do; the others govern nothing.
     */
    boolean isPowerEvent(int event) {
        return (kinds[event] & POWER_EVENT) != 0;
    }

    /** By {@code origin_server_ts}, then by event ID: how both orderings break their ties. */
    boolean isOlder(int x, int y) {
        return timeOf[x] != timeOf[y] ? timeOf[x] < timeOf[y] : id(x).compareTo(id(y)) < 0;
    }

    /** The number of a slot, a new one if it was not mentioned before. */
    int slotNumber(StateKey slot) {
        int number = slots.number(slot);
        if (number >= trieHashOf.length) {
            trieHashOf = Arrays.copyOf(trieHashOf, 2 * number);
        }
        return number;
    }

    /**
     * The same slot, as this graph refers to it. Resolution is quicker over states that are made with it, since it then
     * mostly compares references.
     */
    public StateKey sharedSlot(StateKey slot) {
        return slot(slotNumber(slot));
    }

    /** How many slots have a number. */
    int slots() {
        return slots.size();
    }

    StateKey slot(int slot) {
        return slots.thing(slot);
    }

    /** The entry of a state in a slot. */
    @Nullable
    TrieEntry entry(StateMap state, int slot) {
        return state.entry(trieHash(slot), slot(slot));
    }

    /** Where the slot stands in tries; computed once asked for. */
    long trieHash(int slot) {
        if (trieHashOf[slot] == 0) {
            trieHashOf[slot] = TrieEntry.hashOf(slot(slot));
        }
        return trieHashOf[slot];
    }

    private int firstCited(int event, byte kind) {
        for (int edge = edges.firstEdge(event); edge < edges.endOfEdges(event); edge++) {
            if (kind(edges.cited(edge)) == kind) {
                return edges.cited(edge);
            }
        }
        return NONE;
    }

    private byte kind(int event) {
        return (byte) (kinds[event] & ~POWER_EVENT);
    }

    private static byte kind(Pdu event) {
        if (event.isState(EventTypes.CREATE)) {
            return CREATE;
        }
        if (event.isState(EventTypes.POWER_LEVELS)) {
            return POWER_LEVELS | POWER_EVENT;
        }
        if (event.isState(EventTypes.JOIN_RULES)) {
            return JOIN_RULES | POWER_EVENT;
        }
        if (event.isState() && event.type().equals(EventTypes.MEMBER)) {
            return isByAnother(event) ? MEMBER | POWER_EVENT : MEMBER;
        }
        return OTHER;
    }

    /** A kick, a ban or an unban. */
    private static boolean isByAnother(Pdu member) {
        String membership = member.content().string("membership").orElse("");
        return (membership.equals("leave") || membership.equals("ban"))
                && !member.stateKey().orElseThrow().equals(member.sender().value());
    }

    private void grow(int capacity) {
        kinds = Arrays.copyOf(kinds, capacity);
        slotOf = Arrays.copyOf(slotOf, capacity);
        senderSlotOf = Arrays.copyOf(senderSlotOf, capacity);
        powerLevelsOf = Arrays.copyOf(powerLevelsOf, capacity);
        timeOf = Arrays.copyOf(timeOf, capacity);
        depthOf = Arrays.copyOf(depthOf, capacity);
    }
}
