package org.gatehouse.cluster;

import com.fasterxml.jackson.annotation.JsonValue;

/** What the judge says of an event, for good. REFUSED is event-graph's word: it never came to a judgement. */
public enum Verdict {
    ACCEPTED("accepted"),
    SOFT_FAILED("soft_failed"),
    REJECTED("rejected"),
    REFUSED("refused");

    private final String wireName;

    Verdict(String wireName) {
        this.wireName = wireName;
    }

    @JsonValue
    public String wireName() {
        return wireName;
    }
}
