package org.gatehouse.egress.delivery;

/** An event in the topic outbound. */
final class LoggedPdu {

    private final long offset;
    private final byte[] pdu;

    LoggedPdu(long offset, byte[] pdu) {
        this.offset = offset;
        this.pdu = pdu;
    }

    long offset() {
        return offset;
    }

    /** Its canonical JSON; not a copy. */
    byte[] pdu() {
        return pdu;
    }
}
