package org.gatehouse.runtime.crash;

import java.util.Optional;

/** Where the process may be told to end at once, without a word to anybody: no shutdown hooks, no flush, no farewell. */
public final class CrashPoint {

    /** The system property that arms one point, as {@code NAME:k}; only the command line sets it. */
    public static final String PROPERTY = "crash.at";

    private static final Optional<ArmedPoint> ARMED = ArmedPoint.of(Optional.ofNullable(System.getProperty(PROPERTY)));
    // Constant after the class is loaded: what stands behind it is no code at all for the compiler, unless it is armed.
    private static final boolean IS_ARMED = ARMED.isPresent();

    private CrashPoint() {}

    /**
     * Says that the process has come to this point. Does not return if the point is armed and this is the k-th time.
     *
     * @param name one of docs/crash-points.md, such as {@code ingress.after-verify}
     */
    public static void reach(String name) {
        if (IS_ARMED) {
            ARMED.get().reach(name);
        }
    }

    /** Whether the process was told to end at this point, be it later. */
    public static boolean isArmed(String name) {
        return IS_ARMED && ARMED.get().isNamed(name);
    }
}
