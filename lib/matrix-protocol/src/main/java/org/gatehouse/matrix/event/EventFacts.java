package org.gatehouse.matrix.event;

import java.util.Optional;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.matrix.roomversion.RoomVersion;

/**
 * What the authorisation rules read of an event. A {@link Pdu} has it all; a room's auth graph keeps this much of many
 * events, and not the events.
 */
public interface EventFacts {

    EventId eventId();

    RoomVersion roomVersion();

    /** The room; that of a create event of room version 12 or later is derived from its ID. */
    RoomId roomId();

    UserId sender();

    String type();

    Optional<String> stateKey();

    /** The content, or as much of it as the rules read of an event of this type. */
    JsonObject content();

    /** Whether the event has no parents: no {@code prev_events}. */
    boolean isWithoutParents();

    /** Whether this create event is the event's only parent. */
    boolean followsOnly(EventId create);

    /** Whether the event itself has a {@code room_id}. */
    boolean namesItsRoom();

    /**
     * Whether there is a signature of the server of the user who authorised the join, if it names one; that signatures
     * hold is checked before an event gets here.
     */
    boolean isSignedBy(ServerName server);

    /** The event that this one asks to redact, where it is a redaction and names one. */
    Optional<EventId> redacts();

    default boolean isState() {
        return stateKey().isPresent();
    }

    /** Whether this is the state event of a type whose state key is empty. */
    default boolean isState(String ofType) {
        return type().equals(ofType) && stateKey().filter(String::isEmpty).isPresent();
    }

    /** Whether the state key is the sender, as with a user's own membership. */
    default boolean isOfItsSender() {
        return stateKey().filter(sender().value()::equals).isPresent();
    }

    /** The slot of room state that this event fills, if it is a state event. */
    default Optional<StateKey> stateSlot() {
        return stateKey().map(key -> new StateKey(type(), key));
    }
}
