package org.gatehouse.stateresolution.judgement;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.gatehouse.cluster.RoomFacts;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.event.EventTypes;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.event.StateKey;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.stateres.StateMap;
import org.gatehouse.stateresolution.room.Room;
import org.gatehouse.stateresolution.room.RoomHead;

/** What the gate in has to know of a room, as its head has it. */
final class Facts {

    private static final StateKey SERVER_ACL = new StateKey(EventTypes.SERVER_ACL, "");

    private final Predicate<ServerName> isHosted;

    Facts(Predicate<ServerName> isHosted) {
        this.isHosted = isHosted;
    }

    /** The facts, if they differ between the two heads. */
    Optional<RoomFacts> changed(Room room, RoomHead before, RoomHead after, long cause) {
        boolean untouched = before.current() == after.current()
                && before.attempts().equals(after.attempts())
                && before.pending().equals(after.pending())
                && before.roomVersion().isPresent();
        if (untouched) {
            return Optional.empty();
        }
        RoomFacts facts = of(room, after, cause);
        boolean told = before.roomVersion().isPresent() && facts.equals(of(room, before, cause));
        return told ? Optional.empty() : Optional.of(facts);
    }

    RoomFacts of(Room room, RoomHead head, long cause) {
        StateMap current = room.state(head.current());
        Optional<JsonObject> serverAcl = room.event(current, SERVER_ACL).map(Pdu::content);
        return new RoomFacts(
                room.id(),
                room.version().id(),
                serverAcl,
                !head.attempts().isEmpty(),
                residents(room, current),
                head.pending(),
                cause,
                PolicyCheck.policyServer(room, current));
    }

    private Map<ServerName, Integer> residents(Room room, StateMap current) {
        Map<ServerName, Integer> residents = new TreeMap<>();
        room.joinedServers().in(current).forEach((server, users) -> {
            if (isHosted.test(server)) {
                residents.put(server, users);
            }
        });
        return residents;
    }
}
