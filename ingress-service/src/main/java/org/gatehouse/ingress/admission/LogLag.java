package org.gatehouse.ingress.admission;

/** How far the reader of the log is behind. */
@FunctionalInterface
public interface LogLag {

    /** Records of that partition of pdu-received that event-graph has not worked; 0 if that is not known. */
    long of(int partition);
}
