package org.gatehouse.ingress.surface;

import org.gatehouse.runtime.http.MatrixError;

/**
 * What an operation answers while nobody here can do it: the specification's words for "there is none", or, where it has
 * none for this operation, those for an operation that a server does not offer.
 */
public enum NotBuilt {
    NOT_FOUND(404, "M_NOT_FOUND", "Not found"),
    UNRECOGNIZED(404, "M_UNRECOGNIZED", "This server does not offer this"),
    /** No token was ever given out. */
    UNKNOWN_TOKEN(401, "M_UNKNOWN_TOKEN", "Unknown token");

    private final int status;
    private final String errcode;
    private final String text;

    NotBuilt(int status, String errcode, String text) {
        this.status = status;
        this.errcode = errcode;
        this.text = text;
    }

    public int status() {
        return status;
    }

    public String errcode() {
        return errcode;
    }

    MatrixError error() {
        return new MatrixError(status, errcode, text);
    }
}
