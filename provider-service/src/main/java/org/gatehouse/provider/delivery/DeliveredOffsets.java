package org.gatehouse.provider.delivery;

import java.util.Map;

/** Up to where each partition of pdu-judged is delivered, kept for those who were not there to hear it. */
public interface DeliveredOffsets {

    void put(int partition, long offset);

    Map<Integer, Long> all();
}
