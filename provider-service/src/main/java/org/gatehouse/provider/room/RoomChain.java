package org.gatehouse.provider.room;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.gatehouse.matrix.authrule.AuthEventSelection;
import org.gatehouse.matrix.authrule.AuthRules;
import org.gatehouse.matrix.authrule.AuthVerdict;
import org.gatehouse.matrix.event.EventDraft;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.event.StateKey;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.matrix.roomversion.RoomVersion;
import org.gatehouse.provider.authoring.EventSigner;

/**
 * The first events of a room that the judge does not know yet: a chain, each event on top of the one before, citing what
 * it has to out of the events made so far. Each is judged here before anything is logged.
 */
final class RoomChain {

    private final RoomVersion version;
    private final UserId creator;
    private final long timestamp;
    private final EventSigner signer;
    private final List<Pdu> events = new ArrayList<>();
    private final SortedMap<StateKey, Pdu> state = new TreeMap<>();
    private Optional<RoomId> roomId;

    /** @param givenRoomId empty where the create event gives the room its ID */
    RoomChain(RoomVersion version, Optional<RoomId> givenRoomId, UserId creator, long timestamp, EventSigner signer) {
        this.version = version;
        this.roomId = givenRoomId;
        this.creator = creator;
        this.timestamp = timestamp;
        this.signer = signer;
    }

    /** Appends an event; the verdict says whether it may stand there. */
    AuthVerdict append(PlannedEvent planned) {
        Pdu event = signer.sign(draft(planned));
        AuthVerdict verdict = AuthRules.check(event, key -> Optional.ofNullable(state.get(key)));
        events.add(event);
        state.put(planned.slot(), event);
        roomId = Optional.of(event.roomId());
        return verdict;
    }

    List<Pdu> events() {
        return List.copyOf(events);
    }

    private EventDraft draft(PlannedEvent planned) {
        String type = planned.slot().type();
        EventDraft.Builder draft = EventDraft.builder(version, creator, type)
                .stateKey(planned.slot().stateKey())
                .content(planned.content())
                .prevEvents(prevEvents())
                .authEvents(authEvents(planned))
                .depth(events.size() + 1L)
                .originServerTs(timestamp);
        roomId.ifPresent(draft::roomId);
        return draft.build();
    }

    private List<EventId> prevEvents() {
        return events.isEmpty()
                ? List.of()
                : List.of(events.get(events.size() - 1).eventId());
    }

    private List<EventId> authEvents(PlannedEvent planned) {
        return AuthEventSelection.keys(
                        version,
                        planned.slot().type(),
                        creator,
                        Optional.of(planned.slot().stateKey()),
                        planned.content())
                .stream()
                .flatMap(key -> Optional.ofNullable(state.get(key)).stream())
                .map(Pdu::eventId)
                .toList();
    }
}
