package org.gatehouse.preparation;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.PrintStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.common.KafkaException;
import org.gatehouse.cassandra.CassandraNodes;
import org.gatehouse.cassandra.CassandraUnavailable;
import org.gatehouse.cassandra.Migrations;
import org.gatehouse.cassandra.SchemaMismatch;

/**
 * The program of the Job: makes the topics, then brings the keyspaces to the schema of this release, and ends with 0; or
 * says in a sentence why not, and ends with 1. It reads the environment variables that the services read, and waits for
 * Kafka and Cassandra as they do. Safe to repeat, and safe beside another one.
 */
public final class PrepareCluster {

    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(2);
    private static final int ASK_MILLIS = 2_000;

    private final PreparationSettings settings;
    private final PrintStream out;

    private PrepareCluster(PreparationSettings settings, PrintStream out) {
        this.settings = settings;
        this.out = out;
    }

    public static void main(String[] arguments) {
        System.setProperty("java.util.logging.manager", "org.jboss.logmanager.LogManager");
        System.exit(run(configuration(), System.out, System.err));
    }

    /** @return the exit code */
    static int run(SmallRyeConfig config, PrintStream out, PrintStream err) {
        try {
            new PrepareCluster(PreparationSettings.read(config), out).prepare();
            return 0;
        } catch (PreparationProblem | CassandraUnavailable | SchemaMismatch e) {
            err.println("cluster-preparation: " + e.getMessage());
        } catch (DriverException e) {
            err.println("cluster-preparation: Cassandra refuses: " + e.getMessage());
        } catch (KafkaException e) {
            err.println("cluster-preparation: the settings kafka.* do not make a client: " + causes(e));
        } catch (ConfigValidationException | IllegalArgumentException e) {
            err.println("cluster-preparation: the configuration is wrong: " + e.getMessage());
        }
        return 1;
    }

    static SmallRyeConfig configuration() {
        return new SmallRyeConfigBuilder()
                .addDefaultSources()
                .addDefaultInterceptors()
                .addDiscoveredConverters()
                .withMapping(CassandraNodes.class, CassandraNodes.PREFIX)
                .withValidateUnknown(false)
                .build();
    }

    private void prepare() {
        try (Admin admin = Admin.create(adminSettings())) {
            awaitKafka(admin);
            int topics = CreateTopics.missing(admin, settings.topicPrefix(), settings.topics());
            say("topics %s*: %d made, the others were there", settings.topicPrefix(), topics);
        }
        try (CqlSession session = Migrations.open(settings.cassandra(), out::println)) {
            int files = Migrations.run(
                    session, settings.keyspacePrefix(), settings.replication().cql());
            say("keyspaces %s*: %d schema files run, the others had been", settings.keyspacePrefix(), files);
        }
    }

    private void awaitKafka(Admin admin) {
        long deadline = System.nanoTime() + settings.kafkaTimeout().toNanos();
        while (!answers(admin)) {
            long left = TimeUnit.NANOSECONDS.toSeconds(deadline - System.nanoTime());
            String problem = "Kafka does not answer at " + settings.kafka().get("bootstrap.servers");
            if (left < 0) {
                throw new PreparationProblem(problem);
            }
            say("%s; waiting, %d s left", problem, left);
            pause();
        }
    }

    private static boolean answers(Admin admin) {
        try {
            return !admin.describeCluster(new DescribeClusterOptions().timeoutMs(ASK_MILLIS))
                    .nodes()
                    .get()
                    .isEmpty();
        } catch (ExecutionException e) {
            return false;
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private Map<String, Object> adminSettings() {
        Map<String, Object> all = new HashMap<>(settings.kafka());
        all.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
        all.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 30_000);
        return all;
    }

    private void say(String sentence, Object... values) {
        out.println(sentence.formatted(values));
    }

    private static String causes(Throwable failure) {
        Throwable cause = failure.getCause();
        return cause == null ? String.valueOf(failure.getMessage()) : failure.getMessage() + ": " + cause.getMessage();
    }

    private static void pause() {
        try {
            Thread.sleep(BETWEEN_TRIES.toMillis());
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static PreparationProblem interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new PreparationProblem("Interrupted while waiting for Kafka", e);
    }
}
