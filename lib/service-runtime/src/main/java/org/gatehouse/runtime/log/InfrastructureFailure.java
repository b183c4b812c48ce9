package org.gatehouse.runtime.log;

import java.util.concurrent.TimeoutException;
import org.gatehouse.runtime.internal.ServiceUnavailable;
import org.jspecify.annotations.Nullable;

/** Tells a failure of what is around us, which passes, from one of the record itself, which does not. */
public final class InfrastructureFailure {

    private static final String DRIVER = "com.datastax.oss.driver.api.core.";
    private static final String DRIVER_INVALID = DRIVER + "servererrors.QueryValidationException";

    private InfrastructureFailure() {}

    /** Whether the failure, or one of its causes, passes by itself. */
    public static boolean is(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < 10; depth++) {
            if (passes(cause)) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    private static boolean passes(Throwable cause) {
        return cause instanceof LogUnavailable
                || cause instanceof ServiceUnavailable
                || cause instanceof TimeoutException
                || cause instanceof io.smallrye.mutiny.TimeoutException
                || cause instanceof InterruptedException
                || cause instanceof OutOfMemoryError
                || cause instanceof org.apache.kafka.common.errors.RetriableException
                || isOfTheDriver(cause);
    }

    /** By name: not every service has the driver. A statement that Cassandra finds invalid stays invalid. */
    private static boolean isOfTheDriver(Throwable cause) {
        boolean driver = false;
        @Nullable Class<?> type = cause.getClass();
        while (type != null) {
            if (type.getName().equals(DRIVER_INVALID)) {
                return false;
            }
            driver |= type.getName().equals(DRIVER + "DriverException");
            type = type.getSuperclass();
        }
        return driver;
    }
}
