package org.gatehouse.keys.ownkey;

import io.quarkus.runtime.Startup;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.signing.SigningKey;
import org.gatehouse.runtime.config.ClusterConfig;
import org.jboss.logging.Logger;

/** Loads our keys when the service starts; it does not start without them. */
@Singleton
class OwnKeysProducer {

    private static final Logger LOG = Logger.getLogger(OwnKeysProducer.class);

    @Produces
    @Singleton
    @Startup
    OwnKeys ownKeys(ClusterConfig cluster, OwnKeysConfig config, CassandraKeyTables tables, Clock clock) {
        SecureRandom random = new SecureRandom();
        Optional<SeedSeal> seal = config.masterKey().map(key -> new SeedSeal(key, random));
        if (seal.isEmpty()) {
            LOG.warn(
                    "gatehouse.keys.master-key is not set: signing keys are stored in plain in Cassandra. Whoever reads"
                            + " its disks can speak for our servers");
        }
        OpenKeys open = new OpenKeys(tables.ofServers(), seal, random);
        return new OwnKeys(cluster.serverNames().stream().map(open::of).collect(Collectors.toList()), clock);
    }

    @Produces
    @Singleton
    @Startup
    PolicyKeys policyKeys(
            ClusterConfig cluster,
            OwnKeysConfig config,
            @ConfigProperty(name = "gatehouse.policy-server.enabled", defaultValue = "false") boolean enabled,
            CassandraKeyTables tables) {
        SecureRandom random = new SecureRandom();
        Optional<SeedSeal> seal = config.masterKey().map(key -> new SeedSeal(key, random));
        OpenKeys open = new OpenKeys(tables.ofPolicyServers(), seal, random);
        Map<ServerName, SigningKey> keys = new TreeMap<>();
        if (enabled) {
            cluster.serverNames().forEach(name -> keys.put(name, open.of(name).signingKey()));
        }
        return new PolicyKeys(keys);
    }
}
