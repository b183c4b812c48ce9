package org.gatehouse.stateresolution.room;

import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.gatehouse.matrix.event.EventTypes;
import org.gatehouse.matrix.event.StateKey;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.matrix.stateres.StateChange;
import org.gatehouse.matrix.stateres.StateMap;

/** How many users of each server are joined in a state: kept for the state asked last, and moved by the difference. */
public final class JoinedServers {

    private final AuthEvents authEvents;
    private StateMap countedState = StateMap.EMPTY;
    private TreeMap<ServerName, Integer> counts = new TreeMap<>();

    JoinedServers(AuthEvents authEvents) {
        this.authEvents = authEvents;
    }

    /** Joined users by server, in the order of the names; a server without any is absent. Not to be changed. */
    public SortedMap<ServerName, Integer> in(StateMap state) {
        if (!state.equals(countedState)) {
            TreeMap<ServerName, Integer> moved = new TreeMap<>(counts);
            for (StateChange change : countedState.diff(state)) {
                if (change.key().type().equals(EventTypes.MEMBER)) {
                    count(moved, change.key(), change.before(), -1);
                    count(moved, change.key(), change.after(), 1);
                }
            }
            counts = moved;
            countedState = state;
        }
        return counts;
    }

    /** Whether the server has a joined user in the state. */
    public boolean has(StateMap state, ServerName server) {
        return in(state).containsKey(server);
    }

    private void count(TreeMap<ServerName, Integer> moved, StateKey key, Optional<EventId> eventId, int difference) {
        if (eventId.isPresent() && authEvents.membership(eventId.get()) == Membership.JOIN) {
            UserId.tryParse(key.stateKey()).ifPresent(user -> add(moved, user.serverName(), difference));
        }
    }

    private static void add(TreeMap<ServerName, Integer> counts, ServerName server, int difference) {
        int after = counts.getOrDefault(server, 0) + difference;
        if (after == 0) {
            counts.remove(server);
        } else {
            counts.put(server, after);
        }
    }
}
