package org.gatehouse.ingress.http;

import java.time.Duration;

/**
 * The limits of the door.
 *
 * @param unreadAnswers how many bytes of answers may wait for peers to read them, once they take longer than the grace
 * @param lookEvery how often each connection is looked at
 * @param linger how long the rest of a body is read, and thrown away, after the request was answered without it
 */
record DoorLimits(
        Duration headDeadline,
        Duration keepAlive,
        Duration bodyDeadline,
        Duration bodyGrace,
        long bytesPerSecond,
        long maxBody,
        int mostHeaders,
        int connections,
        int connectionsPerAddress,
        long unreadAnswers,
        Duration lookEvery,
        Duration linger) {

    private static final Duration LOOK_EVERY = Duration.ofMillis(500);
    private static final Duration LINGER = Duration.ofSeconds(2);

    static DoorLimits of(DoorConfig config, long maxBody) {
        return new DoorLimits(
                config.headDeadline(),
                config.keepAlive(),
                config.bodyDeadline(),
                config.bodyGrace(),
                config.bodyRate().asLongValue(),
                maxBody,
                config.mostHeaders(),
                config.connections(),
                config.connectionsPerAddress(),
                config.unreadAnswers().asLongValue(),
                LOOK_EVERY,
                LINGER);
    }
}
