package org.gatehouse.eventgraph.testing;

/** Stands between any two effects, and stops the process at the one that it was told. */
public final class Faults {

    /** As if the process were killed. */
    public static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private long countdown = Long.MAX_VALUE;
    private long passed;

    /** Kills at the point after so many others. */
    public void killAfter(long points) {
        countdown = points;
    }

    public void never() {
        countdown = Long.MAX_VALUE;
    }

    public long passed() {
        return passed;
    }

    void point() {
        passed++;
        if (countdown-- <= 0) {
            countdown = Long.MAX_VALUE;
            throw new Killed();
        }
    }
}
