package org.gatehouse.provider.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.stream.Stream;
import org.gatehouse.matrix.event.EventTypes;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.event.StateKey;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.UserId;

/** What an invited user is shown of a room (Client-Server API, "Stripped state"), as whole events. */
@ApplicationScoped
public class InviteState {

    private static final List<String> TYPES = List.of(
            EventTypes.CREATE,
            EventTypes.JOIN_RULES,
            "m.room.name",
            "m.room.avatar",
            "m.room.topic",
            "m.room.canonical_alias",
            "m.room.encryption");

    private final RoomStates states;

    public InviteState(RoomStates states) {
        this.states = states;
    }

    /** The create event first, the inviter's membership last. */
    public List<Pdu> events(RoomId roomId, UserId inviter) {
        Stream<StateKey> slots = Stream.concat(
                TYPES.stream().map(StateKey::of), Stream.of(new StateKey(EventTypes.MEMBER, inviter.value())));
        return slots.flatMap(slot -> states.find(roomId, slot).stream()).toList();
    }
}
