package org.gatehouse.provider.delivery;

/** Where in the judge's verdicts something happened: partition and offset of pdu-judged. */
public record Place(int partition, long offset) {

    public boolean isAfter(long otherOffset) {
        return offset > otherOffset;
    }
}
