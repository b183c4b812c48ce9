package org.gatehouse.matrix.edu;

/** Ends the reading of an EDU, or of one entry of it; becomes {@link EduReading.Refused} or a reason passed over. */
final class MalformedEdu extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String reason;

    MalformedEdu(String reason) {
        super(reason, null, false, false);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
