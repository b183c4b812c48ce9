package org.gatehouse.provider.sync;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.gatehouse.matrix.event.EventTypes;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.event.StateKey;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.provider.delivery.Membership;
import org.gatehouse.provider.delivery.Memberships;
import org.gatehouse.provider.delivery.RoomStates;
import org.gatehouse.provider.delivery.TimelineEntry;
import org.gatehouse.provider.delivery.Timelines;
import org.gatehouse.provider.door.Requester;
import org.gatehouse.runtime.http.MatrixError;

/** Lets a user read what it may of a room: all that is now, or what was when it left. */
@ApplicationScoped
class ReadRoom {

    private final Memberships memberships;
    private final RoomStates states;
    private final StateAtLeave atLeave;
    private final Timelines timelines;

    ReadRoom(Memberships memberships, RoomStates states, StateAtLeave atLeave, Timelines timelines) {
        this.memberships = memberships;
        this.states = states;
        this.atLeave = atLeave;
        this.timelines = timelines;
    }

    /** @throws MatrixError 403 if the user is not and was not in the room */
    List<Pdu> state(Requester me, RoomId roomId) {
        Membership membership = membership(me, roomId);
        return membership.isJoined() ? states.all(roomId) : atLeave(membership);
    }

    /** @throws MatrixError as {@link #state} */
    Optional<Pdu> state(Requester me, RoomId roomId, StateKey slot) {
        Membership membership = membership(me, roomId);
        if (membership.isJoined()) {
            return states.find(roomId, slot);
        }
        return atLeave(membership).stream()
                .filter(event -> event.stateSlot().filter(slot::equals).isPresent())
                .findFirst();
    }

    /** @throws MatrixError as {@link #state} */
    List<Pdu> members(Requester me, RoomId roomId) {
        Membership membership = membership(me, roomId);
        if (membership.isJoined()) {
            return states.ofType(roomId, EventTypes.MEMBER);
        }
        return atLeave(membership).stream()
                .filter(event -> event.type().equals(EventTypes.MEMBER))
                .toList();
    }

    /** The event, if the user may see it. */
    Optional<Pdu> event(Requester me, RoomId roomId, EventId eventId) {
        Membership membership = membership(me, roomId);
        Optional<TimelineEntry> entry =
                timelines.find(eventId).filter(found -> found.roomId().equals(roomId));
        if (entry.isPresent()) {
            return entry.filter(new TimelineVisibility(membership)).map(TimelineEntry::event);
        }
        // State that came with our join or out of a resolution stands in no timeline.
        return membership.isJoined()
                ? states.all(roomId).stream()
                        .filter(event -> event.eventId().equals(eventId))
                        .findFirst()
                : Optional.empty();
    }

    /** The state before the event that put the user out; who was banned after it has no such event any more. */
    private List<Pdu> atLeave(Membership membership) {
        if (membership.place().offset() != membership.since()) {
            throw MatrixError.forbidden("You are not in the room");
        }
        return atLeave.events(membership);
    }

    /** @throws MatrixError 403 if the user is not and was not in the room */
    Membership membership(Requester me, RoomId roomId) {
        return memberships
                .find(me.userId(), roomId)
                .filter(found -> found.isJoined() || (found.isOut() && found.wasJoined()))
                .orElseThrow(() -> MatrixError.forbidden("You are not in the room"));
    }
}
