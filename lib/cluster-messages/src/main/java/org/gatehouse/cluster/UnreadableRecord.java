package org.gatehouse.cluster;

/** The bytes of a record are not what its topic promises: it belongs in quarantine. */
public final class UnreadableRecord extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UnreadableRecord(String message) {
        super(message);
    }

    public UnreadableRecord(String message, Throwable cause) {
        super(message, cause);
    }
}
