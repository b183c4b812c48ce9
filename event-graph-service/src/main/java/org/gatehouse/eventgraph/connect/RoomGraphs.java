package org.gatehouse.eventgraph.connect;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.gatehouse.cassandra.HeadStamp;
import org.gatehouse.eventgraph.room.RoomGraph;
import org.gatehouse.eventgraph.room.RoomHead;
import org.gatehouse.eventgraph.room.RoomView;
import org.gatehouse.eventgraph.room.WaitingRow;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;

/** The graphs of the rooms that are being worked, kept in memory between records. */
public final class RoomGraphs {

    private static final int MOST_ROOMS = 10_000;
    private static final HeadStamp FROM_THE_BEGINNING = HeadStamp.of(0, -1);

    private final RoomHeads heads;
    private final WaitingEvents waitingEvents;
    private final Events events;
    private final int generation;
    private final Cache<RoomId, Kept> graphs =
            Caffeine.newBuilder().maximumSize(MOST_ROOMS).build();
    private final AtomicLong tenure = new AtomicLong();

    private record Kept(RoomGraph graph, long tenure) {}

    public RoomGraphs(RoomHeads heads, WaitingEvents waitingEvents, Events events, int generation) {
        this.heads = heads;
        this.waitingEvents = waitingEvents;
        this.events = events;
        this.generation = generation;
    }

    /**
     * The room's graph as of its stored head, or as it was left.
     *
     * @throws HeadAhead if the stored head must not be followed
     */
    RoomGraph open(RoomId roomId) {
        Kept kept = graphs.getIfPresent(roomId);
        if (kept != null && kept.tenure() == tenure.get()) {
            return kept.graph();
        }
        long since = tenure.get();
        RoomGraph graph = load(roomId);
        graphs.put(roomId, new Kept(graph, since));
        return graph;
    }

    /** Forgets a graph that may be ahead of what is stored. */
    void discard(RoomId roomId) {
        graphs.invalidate(roomId);
    }

    /** Partitions were given or taken: another owner may have gone on with any of the rooms. */
    public void startTenure() {
        tenure.incrementAndGet();
    }

    private RoomGraph load(RoomId roomId) {
        RoomHead head = heads.read(roomId).orElseGet(() -> RoomHead.beforeAll(generation));
        if (head.stamp().generation() > generation) {
            throw new HeadAhead(roomId, head.stamp().generation(), generation);
        }
        List<WaitingRow> rows = head.waitingSince() == 0
                ? List.of()
                : waitingEvents.read(roomId, head.waitingSince(), head.waitingUntil(), FROM_THE_BEGINNING);
        RoomGraph graph = RoomGraph.restore(roomId, head, rows);
        Set<EventId> cited = graph.cited();
        RoomView view = new RoomView(roomId, head.stamp());
        view.lookedUp(cited, events.find(cited));
        graph.recall(view);
        return graph;
    }
}
