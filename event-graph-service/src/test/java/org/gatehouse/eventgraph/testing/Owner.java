package org.gatehouse.eventgraph.testing;

import java.util.List;
import org.gatehouse.eventgraph.connect.AnswerDuplicates;
import org.gatehouse.eventgraph.connect.ConnectEvents;
import org.gatehouse.eventgraph.connect.RepeatOutputs;
import org.gatehouse.eventgraph.connect.RoomGraphs;
import org.gatehouse.eventgraph.connect.StoreSeedOutliers;
import org.gatehouse.eventgraph.connect.StoreSteps;
import org.gatehouse.eventgraph.room.LogEntry;

/** A process that owns rooms: what it keeps in memory dies with it, the store does not. */
public final class Owner {

    private final ConnectEvents connectEvents;

    public Owner(InMemoryStore store, int generation) {
        AnswerDuplicates answerDuplicates = new AnswerDuplicates(store, store.verdicts);
        this.connectEvents = new ConnectEvents(
                new RoomGraphs(store, store, store, generation),
                new ConnectEvents.Lookups(store, new StoreSeedOutliers(store, store), answerDuplicates),
                new StoreSteps(store, store, store),
                new RepeatOutputs(store, store, answerDuplicates),
                store);
    }

    public ConnectEvents.Outcome work(List<LogEntry> entries) {
        return connectEvents.work(entries.get(0).message().roomId(), entries);
    }
}
