package org.gatehouse.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import io.quarkus.runtime.Startup;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** The session of the service: opened when the service starts, before it takes any work, on its keyspace, LOCAL_QUORUM and LOCAL_SERIAL. */
@ApplicationScoped
class SessionProducer {

    private static final Logger LOG = Logger.getLogger(SessionProducer.class);

    private final CassandraConfig config;
    private final String keyspacePrefix;

    SessionProducer(
            CassandraConfig config,
            @ConfigProperty(name = "gatehouse.keyspace-prefix") Optional<String> keyspacePrefix) {
        this.config = config;
        this.keyspacePrefix = keyspacePrefix.orElse("");
    }

    @Produces
    @Singleton
    @Startup(Interceptor.Priority.PLATFORM_BEFORE)
    CqlSession session() {
        try {
            CqlSession session =
                    SessionOpening.onKeyspace(config, keyspacePrefix).open();
            LOG.infof("Cassandra session on keyspace %s%s", keyspacePrefix, config.keyspace());
            return session;
        } catch (CassandraUnavailable e) {
            // For a failure of this type Quarkus prints the sentence alone.
            throw new ConfigurationException("The service does not start: " + e.getMessage());
        }
    }

    void close(@Disposes CqlSession session) {
        session.close();
    }
}
