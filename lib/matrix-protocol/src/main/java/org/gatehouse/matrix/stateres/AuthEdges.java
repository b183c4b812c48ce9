package org.gatehouse.matrix.stateres;

import java.util.Arrays;

/**
 * Which event cites which, both ways, in arrays that only grow. An event's number is greater than those of the events
 * that it cites; so walking by number is walking in topological order.
 */
final class AuthEdges {
    private static final int NONE = -1;

    /** Where the edges of each event start; one entry more than there are events. */
    private int[] start = new int[17];
    /** The newest edge that leads to each event. */
    private int[] newestCiting = new int[16];

    private int events;

    private int[] cited = new int[64];
    private int[] citing = new int[64];
    /** The edge before this one that leads to the same event. */
    private int[] olderCiting = new int[64];

    private int edges;

    /** Adds the next event, which cites the first of these events. A second mention counts for nothing. */
    void add(int[] citedEvents, int count) {
        int event = events++;
        if (event == newestCiting.length) {
            start = Arrays.copyOf(start, 2 * event + 1);
            newestCiting = Arrays.copyOf(newestCiting, 2 * event);
        }
        newestCiting[event] = NONE;
        for (int i = 0; i < count; i++) {
            addEdge(event, citedEvents[i]);
        }
        start[event + 1] = edges;
    }

    private void addEdge(int from, int to) {
        int before = newestCiting[to];
        if (before != NONE && citing[before] == from) {
            return;
        }
        if (edges == cited.length) {
            cited = Arrays.copyOf(cited, 2 * edges);
            citing = Arrays.copyOf(citing, 2 * edges);
            olderCiting = Arrays.copyOf(olderCiting, 2 * edges);
        }
        cited[edges] = to;
        citing[edges] = from;
        olderCiting[edges] = before;
        newestCiting[to] = edges++;
    }

    /** The first edge that leaves the event; the others follow up to the first of the next event. */
    int firstEdge(int event) {
        return start[event];
    }

    int endOfEdges(int event) {
        return start[event + 1];
    }

    /** Where an edge leads to. */
    int cited(int edge) {
        return cited[edge];
    }

    /** The newest edge that leads to the event, or -1. */
    int newestCitingEdge(int event) {
        return newestCiting[event];
    }

    /** The next older edge that leads to the same event, or -1. */
    int olderCitingEdge(int edge) {
        return olderCiting[edge];
    }

    /** Where an edge comes from. */
    int citing(int edge) {
        return citing[edge];
    }
}
