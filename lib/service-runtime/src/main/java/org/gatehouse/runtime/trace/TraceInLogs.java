package org.gatehouse.runtime.trace;

import java.util.Optional;
import org.jboss.logging.MDC;

/** Has the lines that are logged for a piece of work say which trace it belongs to. */
public final class TraceInLogs {

    private static final String KEY = "trace";

    private TraceInLogs() {}

    /** From now on in this thread, or in this request. */
    public static void begin(Optional<TraceParent> trace) {
        if (trace.isPresent()) {
            MDC.put(KEY, "trace=" + trace.get().traceId() + " ");
        } else {
            end();
        }
    }

    public static void end() {
        MDC.remove(KEY);
    }
}
