package org.gatehouse.matrix.request;

/** Ends the reading of a header; becomes {@link XMatrixParse.Malformed}. */
final class MalformedAuthorization extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String reason;

    MalformedAuthorization(String reason) {
        super(reason, null, false, false);
        this.reason = reason;
    }

    @Override
    public String getMessage() {
        return reason;
    }
}
