package org.gatehouse.egress.remote;

import java.time.Duration;
import java.util.Optional;
import org.gatehouse.matrix.identifier.ServerName;

/** A server answered, but not with a success. */
public final class RemoteRefusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String errcode;
    private final String error;
    private final transient Optional<Duration> retryAfter;

    /** @param errcode empty if the answer has none */
    RemoteRefusal(ServerName server, int status, String errcode, String error, Optional<Duration> retryAfter) {
        super(server + " answered " + status + " " + errcode);
        this.status = status;
        this.errcode = errcode;
        this.error = error;
        this.retryAfter = retryAfter;
    }

    public int status() {
        return status;
    }

    public String errcode() {
        return errcode;
    }

    /** The server's words for people. */
    public String error() {
        return error;
    }

    /** When it wants to be asked again; at most an hour, whatever it says. */
    public Optional<Duration> retryAfter() {
        return retryAfter;
    }
}
