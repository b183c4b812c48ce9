package org.gatehouse.matrix.stateres;

import java.util.ArrayList;
import java.util.List;
import org.gatehouse.matrix.authrule.TestRoom;
import org.gatehouse.matrix.identifier.EventId;

/** The auth graphs of rooms on paper. */
final class Graphs {
    private Graphs() {}

    /** As much of the room's graph as a resolution of these states may look at. */
    static RoomAuthGraph of(TestRoom room, List<StateMap> states) {
        RoomAuthGraph graph = RoomAuthGraph.of(room.version());
        for (StateMap state : states) {
            List<EventId> events = new ArrayList<>();
            state.forEach((slot, event) -> events.add(event));
            graph.addWithChains(events, room);
        }
        return graph;
    }
}
