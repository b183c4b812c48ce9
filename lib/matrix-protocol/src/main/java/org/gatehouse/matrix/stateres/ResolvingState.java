package org.gatehouse.matrix.stateres;

import java.util.Optional;
import org.gatehouse.matrix.authrule.AuthEvent;
import org.gatehouse.matrix.authrule.AuthRules;
import org.gatehouse.matrix.authrule.AuthSlots;
import org.gatehouse.matrix.authrule.AuthState;
import org.gatehouse.matrix.authrule.AuthVerdict;
import org.gatehouse.matrix.event.EventFacts;
import org.gatehouse.matrix.event.EventTypes;
import org.gatehouse.matrix.event.StateKey;
import org.gatehouse.matrix.identifier.EventId;

/** The state while it is being resolved: what it starts from, and what was put over it. The rules ask it. */
final class ResolvingState implements AuthState {
    private static final int NONE = RoomAuthGraph.NONE;

    /** What a resolution starts from. */
    @FunctionalInterface
    interface Start {
        /** The number of the event in a slot, or {@link RoomAuthGraph#NONE}. */
        int eventIn(int slot);
    }

    private final RoomAuthGraph graph;
    private final Start start;
    private final boolean fillsFromAuthEvents;
    /** For each slot that was asked for, its event's number plus one. */
    private final IntTable known;

    private final int createSlot;
    private final int powerLevelsSlot;
    private final int joinRulesSlot;
    private int checked = NONE;

    private final Cached create = new Cached();
    private final Cached powerLevels = new Cached();
    private final Cached joinRules = new Cached();

    /** @param fillsFromAuthEvents whether the event's own auth events stand in for what the state lacks */
    ResolvingState(RoomAuthGraph graph, Start start, boolean fillsFromAuthEvents) {
        this.graph = graph;
        this.start = start;
        this.fillsFromAuthEvents = fillsFromAuthEvents;
        this.known = new IntTable(graph.slots());
        this.createSlot = graph.slotNumber(AuthSlots.CREATE);
        this.powerLevelsSlot = graph.slotNumber(AuthSlots.POWER_LEVELS);
        this.joinRulesSlot = graph.slotNumber(AuthSlots.JOIN_RULES);
    }

    /** May the event be sent in this state? */
    AuthVerdict check(int event) {
        checked = event;
        return AuthRules.check(graph.facts(event), this);
    }

    /** May the event be sent, by its own auth events alone? */
    AuthVerdict checkAgainstAuthEvents(int event) {
        return AuthRules.checkAgainstAuthEvents(graph.rejectedEvent(event), this::authEvent);
    }

    void put(int slot, int event) {
        known.put(slot, event + 1);
    }

    /** The event in a slot, or {@link RoomAuthGraph#NONE}. */
    int eventIn(int slot) {
        int plusOne = known.get(slot);
        if (plusOne == IntTable.NONE) {
            plusOne = start.eventIn(slot) + 1;
            known.put(slot, plusOne);
        }
        return plusOne - 1;
    }

    int powerLevelsEvent() {
        return eventIn(powerLevelsSlot);
    }

    @Override
    public Optional<EventFacts> event(StateKey key) {
        return inSlot(graph.slotNumber(key));
    }

    @Override
    public Optional<EventFacts> create() {
        return create.in(createSlot);
    }

    @Override
    public Optional<EventFacts> powerLevels() {
        return powerLevels.in(powerLevelsSlot);
    }

    @Override
    public Optional<EventFacts> joinRules() {
        return joinRules.in(joinRulesSlot);
    }

    @Override
    public Optional<EventFacts> senderMember(EventFacts event) {
        return inSlot(graph.senderSlotOf(checked));
    }

    /** Mostly the user whose membership the event is. */
    @Override
    public Optional<EventFacts> member(String user) {
        int own = graph.slotOf(checked);
        boolean isOwn = graph.isMember(checked) && graph.slot(own).stateKey().equals(user);
        return inSlot(isOwn ? own : graph.slotNumber(new StateKey(EventTypes.MEMBER, user)));
    }

    private Optional<EventFacts> inSlot(int slot) {
        return facts(usedIn(slot));
    }

    private int usedIn(int slot) {
        int event = eventIn(slot);
        return event == NONE && fillsFromAuthEvents ? acceptedAuthEventIn(slot) : event;
    }

    private Optional<EventFacts> facts(int event) {
        return event == NONE ? Optional.empty() : Optional.of(graph.facts(event));
    }

    private int acceptedAuthEventIn(int slot) {
        AuthEdges edges = graph.edges();
        for (int edge = edges.firstEdge(checked); edge < edges.endOfEdges(checked); edge++) {
            int cited = edges.cited(edge);
            if (graph.slotOf(cited) == slot && !graph.isRejected(cited)) {
                return cited;
            }
        }
        return NONE;
    }

    private Optional<AuthEvent> authEvent(EventId id) {
        int number = graph.number(id);
        return Optional.of(new AuthEvent(graph.facts(number), graph.isRejected(number)));
    }

    /** What most events are checked against, made ready once. */
    private final class Cached {
        private int event = NONE;
        private Optional<EventFacts> facts = Optional.empty();

        Optional<EventFacts> in(int slot) {
            int used = usedIn(slot);
            if (used != event) {
                event = used;
                facts = facts(used);
            }
            return facts;
        }
    }
}
