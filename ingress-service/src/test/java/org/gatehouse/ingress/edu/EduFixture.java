package org.gatehouse.ingress.edu;

import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import org.gatehouse.cluster.ReceivedEdu;
import org.gatehouse.ingress.admission.IntakeMeters;
import org.gatehouse.ingress.roomfacts.RoomFactsView;
import org.gatehouse.runtime.log.LogUnavailable;

/** The gate for EDUs over a log in memory, with a small budget and a clock that stands still until it is moved. */
public final class EduFixture {

    public static final long MESSAGES_PER_TRANSACTION = 10;
    public static final long MESSAGES_PER_MINUTE = 15;
    public static final long BYTES_PER_TRANSACTION = 10_000;

    public final List<ReceivedEdu> log = Collections.synchronizedList(new ArrayList<>());
    public final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    public final MovedClock clock = new MovedClock();

    /** What Kafka does not take. */
    public Predicate<ReceivedEdu> refused = edu -> false;

    private final RoomFactsView rooms;

    public EduFixture(RoomFactsView rooms) {
        this.rooms = rooms;
    }

    /** One instance; several share the log. */
    public AcceptEdus instance() {
        return new AcceptEdus(
                rooms,
                this::append,
                new ToDeviceBudget(new Small(), clock),
                new AcknowledgedMessages(),
                new IntakeMeters(meters));
    }

    /** Returns when so many records lie in the log. */
    public void awaitRecords(int count) {
        await().until(() -> log.size() >= count);
    }

    private Uni<Void> append(ReceivedEdu edu) {
        return Uni.createFrom().voidItem().invoke(() -> {
            if (refused.test(edu)) {
                throw new LogUnavailable("no broker");
            }
            log.add(edu);
        });
    }

    private static final class Small implements ToDeviceConfig {
        @Override
        public long messagesPerTransaction() {
            return MESSAGES_PER_TRANSACTION;
        }

        @Override
        public long bytesPerTransaction() {
            return BYTES_PER_TRANSACTION;
        }

        @Override
        public long messagesPerMinute() {
            return MESSAGES_PER_MINUTE;
        }

        @Override
        public long bytesPerMinute() {
            return 10 * BYTES_PER_TRANSACTION;
        }
    }

    /** Moves when it is told to. */
    public static final class MovedClock extends Clock {
        private Instant now = Instant.parse("2026-01-01T00:00:00Z");

        public void move(Duration by) {
            now = now.plus(by);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
