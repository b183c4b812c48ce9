package org.gatehouse.matrix.stateres;

import java.util.Optional;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.event.EventFacts;
import org.gatehouse.matrix.event.EventTypes;
import org.gatehouse.matrix.event.StateKey;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.matrix.roomversion.RoomVersion;

/** A look at one ordinary event in the arrays of its graph, for the rules. */
record KeptFacts(RoomAuthGraph graph, int number) implements EventFacts {

    @Override
    public EventId eventId() {
        return graph.id(number);
    }

    @Override
    public RoomVersion roomVersion() {
        return graph.version();
    }

    @Override
    public RoomId roomId() {
        return graph.columns().roomOf(number);
    }

    @Override
    public UserId sender() {
        return graph.senderOf(number);
    }

    @Override
    public String type() {
        return graph.isMember(number) ? EventTypes.MEMBER : slot().type();
    }

    @Override
    public Optional<String> stateKey() {
        return Optional.of(slot().stateKey());
    }

    @Override
    public boolean isState() {
        return true;
    }

    @Override
    public Optional<StateKey> stateSlot() {
        return Optional.of(slot());
    }

    @Override
    public boolean isOfItsSender() {
        return graph.slotOf(number) == graph.senderSlotOf(number) || EventFacts.super.isOfItsSender();
    }

    @Override
    public JsonObject content() {
        return graph.columns().contentOf(number);
    }

    @Override
    public boolean isWithoutParents() {
        return graph.columns().isWithoutParents(number);
    }

    @Override
    public boolean followsOnly(EventId create) {
        return graph.columns().followsOnly(number, create);
    }

    /** Only create events do without, and those are kept whole. */
    @Override
    public boolean namesItsRoom() {
        return true;
    }

    @Override
    public boolean isSignedBy(ServerName server) {
        return graph.columns().isSignedByAuthoriser(number);
    }

    /** Redactions are kept whole. */
    @Override
    public Optional<EventId> redacts() {
        return Optional.empty();
    }

    private StateKey slot() {
        return graph.slot(graph.slotOf(number));
    }
}
