package org.gatehouse.runtime.log;

/** Kafka did not take or give a record in time. Whether a record was taken is then not known. */
public final class LogUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public LogUnavailable(String message) {
        super(message);
    }

    public LogUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
