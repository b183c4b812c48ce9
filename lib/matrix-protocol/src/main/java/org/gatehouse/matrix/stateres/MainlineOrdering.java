package org.gatehouse.matrix.stateres;

import java.util.Arrays;
import java.util.BitSet;

/**
 * The "mainline ordering" based on a power levels event: the events whose auth chains hang on an older part of its
 * history come first, those on none of it before all; then the earlier, then the smaller event ID.
 */
final class MainlineOrdering {
    private static final int INFINITE = Integer.MAX_VALUE;
    private static final int UNKNOWN = -1;

    private final InternedEvents events;
    private final int[] mainline;
    private int[] positions = new int[0];

    private MainlineOrdering(InternedEvents events, int[] mainline) {
        this.events = events;
        this.mainline = mainline;
    }

    /** @param powerLevels the power levels event to start from, or {@link InternedEvents#NONE} */
    static MainlineOrdering basedOn(int powerLevels, InternedEvents events) {
        int[] mainline = new int[16];
        int length = 0;
        for (int p = powerLevels; p != InternedEvents.NONE; p = events.powerLevelsOf(p)) {
            if (length == mainline.length) {
                mainline = Arrays.copyOf(mainline, 2 * length);
            }
            mainline[length++] = p;
        }
        return new MainlineOrdering(events, Arrays.copyOf(mainline, length));
    }

    /** The power levels event, the one that it cites, the one that this cites, and so on. */
    int[] mainline() {
        return mainline;
    }

    int[] sort(BitSet set) {
        positions = new int[events.size()];
        Arrays.fill(positions, UNKNOWN);
        for (int i = 0; i < mainline.length; i++) {
            positions[mainline[i]] = i;
        }
        int[] sorted = set.stream().toArray();
        int[] positionOf = new int[events.size()];
        for (int event : sorted) {
            positionOf[event] = positionOf(event);
        }
        return Arrays.stream(sorted)
                .boxed()
                .sorted((x, y) -> {
                    int byPosition = Integer.compare(positionOf[y], positionOf[x]);
                    return byPosition != 0 ? byPosition : events.compareAge(x, y);
                })
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** Where the event's own chain of power levels meets the mainline; what was walked over is remembered. */
    private int positionOf(int event) {
        int first = events.powerLevelsOf(event);
        int p = first;
        while (p != InternedEvents.NONE && known(p) == UNKNOWN) {
            p = events.powerLevelsOf(p);
        }
        int position = p == InternedEvents.NONE ? INFINITE : known(p);
        for (int walked = first; walked != p; walked = events.powerLevelsOf(walked)) {
            remember(walked, position);
        }
        return position;
    }

    private int known(int event) {
        return event < positions.length ? positions[event] : UNKNOWN;
    }

    private void remember(int event, int position) {
        if (event >= positions.length) {
            int before = positions.length;
            positions = Arrays.copyOf(positions, Math.max(event + 1, 2 * before));
            Arrays.fill(positions, before, positions.length, UNKNOWN);
        }
        positions[event] = position;
    }
}
