package org.gatehouse.egress.remote;

import java.time.Duration;

/** What other servers are asked for: how long it may take in all, and how many bytes the answer may have. */
public enum RemoteOperation {
    KEYS(Duration.ofSeconds(10), 1 << 20),
    MAKE_MEMBERSHIP(Duration.ofSeconds(15), 256 << 10),
    SEND_JOIN(Duration.ofSeconds(90), Large.BYTES),
    SEND_LEAVE(Duration.ofSeconds(15), 256 << 10),
    INVITE(Duration.ofSeconds(15), 256 << 10),
    MISSING_EVENTS(Duration.ofSeconds(10), 4 << 20),
    EVENT(Duration.ofSeconds(10), 256 << 10),
    EVENT_AUTH(Duration.ofSeconds(15), 32 << 20),
    STATE_IDS(Duration.ofSeconds(15), 32 << 20),
    STATE(Duration.ofSeconds(25), Large.BYTES),
    POLICY_SIGN(Duration.ofSeconds(10), 64 << 10),
    TRANSACTION(Duration.ofSeconds(60), 1 << 20);

    private final Duration deadline;
    private final int maxAnswerBytes;

    RemoteOperation(Duration deadline, int maxAnswerBytes) {
        this.deadline = deadline;
        this.maxAnswerBytes = maxAnswerBytes;
    }

    public Duration deadline() {
        return deadline;
    }

    public int maxAnswerBytes() {
        return maxAnswerBytes;
    }

    /** A whole room: as much as fits, parsed, into a part of the heap, whatever a hostile server sends. */
    private static final class Large {
        private static final int BYTES =
                (int) Math.min(128L << 20, Runtime.getRuntime().maxMemory() / 8);
    }
}
