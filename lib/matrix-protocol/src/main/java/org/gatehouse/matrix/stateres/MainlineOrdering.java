package org.gatehouse.matrix.stateres;

/**
 * The "mainline ordering" based on a power levels event: the events whose auth chains hang on an older part of its
 * history come first, those on none of it before all; then the earlier, then the smaller event ID. The mainline is
 * walked only as far back as somebody asks, and what was walked over is remembered.
 */
final class MainlineOrdering {
    /** The position of what hangs on no power levels of the mainline. */
    static final int INFINITE = Integer.MAX_VALUE;

    private static final int NONE = RoomAuthGraph.NONE;

    private final RoomAuthGraph graph;
    private final IntTable positionOf;
    private int end;
    private int length;

    /** @param powerLevels the power levels event to start from, or {@link RoomAuthGraph#NONE} */
    MainlineOrdering(int powerLevels, RoomAuthGraph graph) {
        this.graph = graph;
        this.positionOf = new IntTable(graph.size());
        this.end = powerLevels;
    }

    /** Sorts events in place. */
    void sort(int[] events) {
        IntTable positions = new IntTable(graph.size());
        for (int event : events) {
            positions.put(event, position(event));
        }
        IntOrder order = (x, y) -> {
            int ofX = positions.get(x);
            int ofY = positions.get(y);
            return ofX != ofY ? ofX > ofY : graph.isOlder(x, y);
        };
        order.sort(events);
    }

    /** Where the event's own chain of power levels meets the mainline, or {@link #INFINITE}. */
    int position(int event) {
        int first = graph.powerLevelsOf(event);
        int p = first;
        while (p != NONE && known(p) == IntTable.NONE) {
            p = graph.powerLevelsOf(p);
        }
        int position = p == NONE ? INFINITE : known(p);
        for (int walked = first; walked != p; walked = graph.powerLevelsOf(walked)) {
            positionOf.put(walked, position);
        }
        return position;
    }

    /** The mainline by itself: the power levels event, the one that it cites, the one that this cites, and so on. */
    static int[] of(int powerLevels, RoomAuthGraph graph) {
        IntList mainline = new IntList(16);
        for (int p = powerLevels; p != NONE; p = graph.powerLevelsOf(p)) {
            mainline.add(p);
        }
        return mainline.toArray();
    }

    private int known(int powerLevels) {
        while (end >= powerLevels) {
            positionOf.put(end, length++);
            end = graph.powerLevelsOf(end);
        }
        return positionOf.get(powerLevels);
    }
}
