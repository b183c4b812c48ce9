package org.gatehouse.stateresolution.reading;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.gatehouse.cluster.Verdict;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.stateres.StateMap;
import org.gatehouse.runtime.http.MatrixError;
import org.gatehouse.stateresolution.room.JudgedRow;
import org.gatehouse.stateresolution.room.Room;

/** The states and auth chains that other servers may read: {@code /state}, {@code /state_ids}, {@code /event_auth}. */
final class StateForServers {

    private StateForServers() {}

    /** The state before an event and its full auth chain, as events. */
    static byte[] state(Room room, ServerName asking, String eventId) {
        StateMap before = room.state(visible(room, asking, eventId).stateBefore());
        List<EventId> state = events(before);
        SortedSet<EventId> chain = chainOf(room, state);
        return new JsonAnswer()
                .putPdus("auth_chain", room, chain)
                .putPdus("pdus", room, state)
                .bytes();
    }

    /** The same as {@link #state}, as IDs. */
    static byte[] stateIds(Room room, ServerName asking, String eventId) {
        StateMap before = room.state(visible(room, asking, eventId).stateBefore());
        List<EventId> state = events(before);
        return new JsonAnswer()
                .putStrings("auth_chain_ids", chainOf(room, state))
                .putStrings("pdu_ids", state)
                .bytes();
    }

    /** The full auth chain of an event. */
    static byte[] eventAuth(Room room, ServerName asking, String eventId) {
        JudgedRow row = visible(room, asking, eventId);
        if (row.verdict() == Verdict.REJECTED) {
            throw ReadRoom.notFound();
        }
        SortedSet<EventId> chain = new TreeSet<>(row.authEvents());
        chain.addAll(chainOf(room, row.authEvents()));
        return new JsonAnswer().putPdus("auth_chain", room, chain).bytes();
    }

    /** The answer to a join: the state before it, its auth chain, and who was there. */
    static byte[] joinState(Room room, String eventId) {
        JudgedRow row = ReadRoom.judged(room, eventId).orElseThrow(ReadRoom::notFound);
        StateMap before = room.state(row.stateBefore());
        List<EventId> state = events(before);
        return new JsonAnswer()
                .putPdus("auth_chain", room, chainOf(room, state))
                .putStrings("servers_in_room", room.joinedServers().in(before).keySet())
                .putPdus("state", room, state)
                .bytes();
    }

    static List<EventId> events(StateMap state) {
        List<EventId> events = new ArrayList<>(state.size());
        state.forEach((key, eventId) -> events.add(eventId));
        return events;
    }

    private static SortedSet<EventId> chainOf(Room room, Collection<EventId> eventIds) {
        return room.authEvents().chainOf(eventIds);
    }

    /** A server that is not in the room, now or at the event, learns nothing, not even whether the event exists. */
    private static JudgedRow visible(Room room, ServerName asking, String eventId) {
        Optional<JudgedRow> row = ReadRoom.judged(room, eventId);
        boolean isMember = room.isJoined(room.currentState(), asking)
                || row.filter(judged -> wasJoined(room, judged, asking)).isPresent();
        if (!isMember) {
            throw MatrixError.forbidden("Your server is not in the room");
        }
        return row.orElseThrow(ReadRoom::notFound);
    }

    private static boolean wasJoined(Room room, JudgedRow row, ServerName server) {
        return room.isJoined(room.state(row.stateBefore()), server)
                || room.isJoined(room.state(row.stateAfter()), server);
    }
}
