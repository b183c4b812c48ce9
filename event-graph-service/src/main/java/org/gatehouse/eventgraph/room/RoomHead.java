package org.gatehouse.eventgraph.room;

import java.util.ArrayList;
import java.util.List;
import org.gatehouse.cassandra.HeadStamp;
import org.gatehouse.matrix.identifier.EventId;

/**
 * Where a room's graph stands.
 *
 * @param stamp of the last record that was worked
 * @param lastOrdinal of the newest connected event, 0 if there is none
 * @param minDepth depth of the first connected event
 * @param joins attempts of joins through other servers that are under way, in the order in which they began
 * @param newest the newest connected events, newest first, at most {@value #NEWEST}
 * @param waitingSince the first week that holds a row of an event that still waits, 0 if none waits
 * @param waitingUntil the last such week
 */
public record RoomHead(
        HeadStamp stamp,
        long lastOrdinal,
        long minDepth,
        List<String> joins,
        List<EventId> newest,
        int waitingSince,
        int waitingUntil) {

    static final int NEWEST = 20;

    public RoomHead {
        joins = List.copyOf(joins);
        newest = List.copyOf(newest);
    }

    /** The head of a room of which nothing is known. */
    public static RoomHead beforeAll(int generation) {
        return new RoomHead(HeadStamp.of(generation, -1), 0, 0, List.of(), List.of(), 0, 0);
    }

    boolean isEmptyRoom() {
        return lastOrdinal == 0;
    }

    boolean isJoining() {
        return !joins.isEmpty();
    }

    RoomHead withConnected(EventId eventId, long depth) {
        List<EventId> newer = new ArrayList<>(NEWEST);
        newer.add(eventId);
        newer.addAll(newest.subList(0, Math.min(newest.size(), NEWEST - 1)));
        return new RoomHead(
                stamp, lastOrdinal + 1, isEmptyRoom() ? depth : minDepth, joins, newer, waitingSince, waitingUntil);
    }

    RoomHead withJoin(String attemptId) {
        List<String> more = new ArrayList<>(joins);
        if (!more.contains(attemptId)) {
            more.add(attemptId);
        }
        return withJoins(more);
    }

    RoomHead withoutJoin(String attemptId) {
        List<String> fewer = new ArrayList<>(joins);
        fewer.remove(attemptId);
        return withJoins(fewer);
    }

    RoomHead withJoins(List<String> others) {
        return new RoomHead(stamp, lastOrdinal, minDepth, others, newest, waitingSince, waitingUntil);
    }

    RoomHead at(HeadStamp later, int since, int until) {
        return new RoomHead(later, lastOrdinal, minDepth, joins, newest, since, until);
    }
}
