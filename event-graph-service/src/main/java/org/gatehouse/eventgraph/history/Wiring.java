package org.gatehouse.eventgraph.history;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.gatehouse.eventgraph.cassandra.CassandraEvents;
import org.gatehouse.eventgraph.verdict.Verdicts;

/** Readers own no rooms: they read what is stored, not what an owner remembers. */
@Singleton
class Wiring {

    @Produces
    @Singleton
    FindEvents findEvents(CassandraEvents events, Verdicts verdicts) {
        return new FindEvents(events, verdicts);
    }

    @Produces
    @Singleton
    WalkBackwards walkBackwards(CassandraEvents events, Verdicts verdicts) {
        return new WalkBackwards(events, verdicts);
    }

    @Produces
    @Singleton
    ReadForServer readForServer(FindEvents findEvents, WalkBackwards walk, Visibility visibility) {
        return new ReadForServer(findEvents, walk, visibility);
    }
}
