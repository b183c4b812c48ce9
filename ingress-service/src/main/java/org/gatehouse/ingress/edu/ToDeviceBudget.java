package org.gatehouse.ingress.edu;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.gatehouse.matrix.identifier.ServerName;

/**
 * How many to-device messages a server may still send. A message that was taken is never dropped, so a transaction is
 * paid for as a whole before anything of it is done, or not done at all.
 */
@ApplicationScoped
class ToDeviceBudget {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final ToDeviceConfig config;
    private final Clock clock;
    private final Cache<ServerName, Account> accounts = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterAccess(MINUTE.multipliedBy(2))
            .build();

    ToDeviceBudget(ToDeviceConfig config, Clock clock) {
        this.config = config;
        this.clock = clock;
    }

    /**
     * Pays for the messages of a transaction.
     *
     * @return nothing if they are paid for, else when to ask again; then nothing was taken from the account
     */
    Optional<Duration> spend(ServerName origin, long messages, long bytes) {
        if (messages == 0) {
            return Optional.empty();
        }
        if (messages > config.messagesPerTransaction() || bytes > config.bytesPerTransaction()) {
            return Optional.of(MINUTE);
        }
        return accounts.get(origin, server -> new Account()).spend(messages, bytes);
    }

    /** What is left to a server; it fills up evenly, to what a minute gives. */
    private final class Account {

        private double messages = perMinute(config.messagesPerMinute(), config.messagesPerTransaction());
        private double bytes = perMinute(config.bytesPerMinute(), config.bytesPerTransaction());
        private long filledAt = clock.millis();

        synchronized Optional<Duration> spend(long wantedMessages, long wantedBytes) {
            fill();
            if (wantedMessages <= messages && wantedBytes <= bytes) {
                messages -= wantedMessages;
                bytes -= wantedBytes;
                return Optional.empty();
            }
            double missing = Math.max(
                    (wantedMessages - messages)
                            / perMinute(config.messagesPerMinute(), config.messagesPerTransaction()),
                    (wantedBytes - bytes) / perMinute(config.bytesPerMinute(), config.bytesPerTransaction()));
            return Optional.of(Duration.ofMillis((long) Math.ceil(missing * MINUTE.toMillis())));
        }

        private void fill() {
            long now = clock.millis();
            double minutes = Math.max(0, now - filledAt) / (double) MINUTE.toMillis();
            filledAt = now;
            messages =
                    filled(messages, minutes, perMinute(config.messagesPerMinute(), config.messagesPerTransaction()));
            bytes = filled(bytes, minutes, perMinute(config.bytesPerMinute(), config.bytesPerTransaction()));
        }

        private static double filled(double left, double minutes, double full) {
            return Math.min(full, left + minutes * full);
        }

        /** At least one transaction a minute: else one that is allowed could never come in. */
        private static double perMinute(long wanted, long transaction) {
            return Math.max(wanted, transaction);
        }
    }
}
