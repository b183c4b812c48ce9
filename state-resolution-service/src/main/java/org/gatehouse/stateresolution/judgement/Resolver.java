package org.gatehouse.stateresolution.judgement;

import java.util.List;
import org.gatehouse.matrix.roomversion.RoomVersion;
import org.gatehouse.matrix.stateres.RoomAuthGraph;
import org.gatehouse.matrix.stateres.StateMap;

/** State resolution, as the judge calls it: the algorithm, perhaps with a stopwatch around it. */
@FunctionalInterface
public interface Resolver {

    StateMap resolve(RoomVersion version, List<StateMap> states, RoomAuthGraph graph);
}
