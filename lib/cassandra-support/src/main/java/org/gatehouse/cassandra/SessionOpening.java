package org.gatehouse.cassandra;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.CqlSessionBuilder;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.InvalidKeyspaceException;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** Opens a session, and waits in plain words for what is not there yet. */
final class SessionOpening {

    private static final Logger LOG = Logger.getLogger(SessionOpening.class);
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(2);

    private final CassandraNodes config;
    private final Optional<String> keyspace;
    private final Consumer<String> waiting;

    private SessionOpening(CassandraNodes config, Optional<String> keyspace, Consumer<String> waiting) {
        this.config = config;
        this.keyspace = keyspace;
        this.waiting = waiting;
    }

    static SessionOpening onKeyspace(CassandraConfig config, String keyspacePrefix) {
        return new SessionOpening(config, Optional.of(keyspacePrefix + config.keyspace()), LOG::warn);
    }

    /** @param waiting hears what it waits for */
    static SessionOpening withoutKeyspace(CassandraNodes nodes, Consumer<String> waiting) {
        return new SessionOpening(nodes, Optional.empty(), waiting);
    }

    /** @throws CassandraUnavailable if it did not come in {@link CassandraConfig#startTimeout()} */
    CqlSession open() {
        long deadline = System.nanoTime() + config.startTimeout().toNanos();
        while (true) {
            try {
                return builder().build();
            } catch (InvalidKeyspaceException e) {
                waitOrFail(
                        deadline,
                        "Cassandra has no keyspace " + keyspace.orElse("")
                                + ": run the migrations (the launcher or the Job does)",
                        e);
            } catch (AllNodesFailedException e) {
                waitOrFail(deadline, "Cassandra does not answer at " + config.contactPoints() + " " + firstCause(e), e);
            } catch (DriverException e) {
                waitOrFail(deadline, "Cassandra refuses the session: " + e.getMessage(), e);
            }
        }
    }

    private CqlSessionBuilder builder() {
        CqlSessionBuilder builder = CqlSession.builder()
                .addContactPoints(config.contactPoints().stream()
                        .map(SessionOpening::address)
                        .toList())
                .withLocalDatacenter(config.localDatacenter())
                .withConfigLoader(driverConfig(config));
        keyspace.ifPresent(builder::withKeyspace);
        if (config.username().isPresent()) {
            builder.withAuthCredentials(
                    config.username().get(), config.password().orElse(""));
        }
        config.caFile().ifPresent(file -> builder.withSslContext(PemTrust.sslContext(file)));
        return builder;
    }

    private static DriverConfigLoader driverConfig(CassandraNodes config) {
        return DriverConfigLoader.programmaticBuilder()
                .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, config.requestTimeout())
                .withString(DefaultDriverOption.REQUEST_CONSISTENCY, "LOCAL_QUORUM")
                .withString(DefaultDriverOption.REQUEST_SERIAL_CONSISTENCY, "LOCAL_SERIAL")
                .withBoolean(DefaultDriverOption.METADATA_SCHEMA_ENABLED, false)
                .withDuration(DefaultDriverOption.CONNECTION_INIT_QUERY_TIMEOUT, Duration.ofSeconds(5))
                .withDuration(DefaultDriverOption.CONNECTION_CONNECT_TIMEOUT, Duration.ofSeconds(5))
                .withInt(DefaultDriverOption.CONNECTION_POOL_LOCAL_SIZE, config.connections())
                .withInt(DefaultDriverOption.CONNECTION_MAX_REQUESTS, 2048)
                .withDuration(DefaultDriverOption.RECONNECTION_BASE_DELAY, Duration.ofMillis(500))
                .withDuration(DefaultDriverOption.RECONNECTION_MAX_DELAY, Duration.ofSeconds(10))
                .build();
    }

    private void waitOrFail(long deadline, String what, Exception cause) {
        Duration left = Duration.ofNanos(deadline - System.nanoTime());
        if (left.isNegative()) {
            throw new CassandraUnavailable(what, cause);
        }
        waiting.accept("%s; waiting, %d s left".formatted(what, left.toSeconds()));
        try {
            Thread.sleep(BETWEEN_TRIES.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CassandraUnavailable(what, e);
        }
    }

    private static String firstCause(AllNodesFailedException e) {
        Optional<Throwable> first =
                e.getAllErrors().values().stream().flatMap(List::stream).findFirst();
        return first.map(cause -> "(" + cause.getMessage() + ")").orElse("");
    }

    private static InetSocketAddress address(String contactPoint) {
        int colon = contactPoint.lastIndexOf(':');
        if (colon < 0) {
            return new InetSocketAddress(contactPoint, 9042);
        }
        return new InetSocketAddress(
                contactPoint.substring(0, colon), Integer.parseInt(contactPoint.substring(colon + 1)));
    }
}
