package org.gatehouse.stateresolution.judgement;

import java.util.List;
import org.gatehouse.cluster.ClusterRecord;
import org.gatehouse.stateresolution.room.RoomWrites;

/** What one record came to: what is to be stored, and what is to be published after that, in order. */
public record Judgement(RoomWrites writes, List<ClusterRecord> outputs) {

    public Judgement {
        outputs = List.copyOf(outputs);
    }
}
