package org.gatehouse.eventgraph.connect;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.gatehouse.eventgraph.cassandra.CassandraEvents;
import org.gatehouse.eventgraph.verdict.Verdicts;
import org.gatehouse.runtime.config.ClusterConfig;

/** Puts the use case together. */
@Singleton
class Wiring {

    @Produces
    @Singleton
    RememberedEvents rememberedEvents(CassandraEvents events) {
        return new RememberedEvents(events);
    }

    @Produces
    @Singleton
    RoomGraphs roomGraphs(
            RoomHeads heads, WaitingEvents waitingEvents, RememberedEvents events, ClusterConfig cluster) {
        return new RoomGraphs(heads, waitingEvents, events, cluster.generation());
    }

    @Produces
    @Singleton
    AnswerDuplicates answerDuplicates(CassandraEvents events, Verdicts verdicts) {
        return new AnswerDuplicates(events, verdicts);
    }

    @Produces
    @Singleton
    StoreSteps storeSteps(RememberedEvents events, WaitingEvents waitingEvents, RoomHeads heads) {
        return new StoreSteps(events, waitingEvents, heads);
    }

    /** Repeats are rare and need the index as it is stored. */
    @Produces
    @Singleton
    RepeatOutputs repeatOutputs(
            CassandraEvents events, WaitingEvents waitingEvents, AnswerDuplicates answerDuplicates) {
        return new RepeatOutputs(events, waitingEvents, answerDuplicates);
    }

    @Produces
    @Singleton
    ConnectEvents.Lookups lookups(
            RememberedEvents events, CassandraEvents stored, BulkEvents bulk, AnswerDuplicates answerDuplicates) {
        return new ConnectEvents.Lookups(events, new StoreSeedOutliers(bulk, stored), answerDuplicates);
    }

    @Produces
    @Singleton
    ConnectEvents connectEvents(
            RoomGraphs graphs,
            ConnectEvents.Lookups lookups,
            StoreSteps storeSteps,
            RepeatOutputs repeatOutputs,
            Outbox outbox) {
        return new ConnectEvents(graphs, lookups, storeSteps, repeatOutputs, outbox);
    }
}
