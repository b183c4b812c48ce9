package org.gatehouse.keys.ownkey;

import io.quarkus.runtime.Startup;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import java.util.stream.Collectors;
import org.gatehouse.runtime.config.ClusterConfig;
import org.jboss.logging.Logger;

/** Loads our keys when the service starts; it does not start without them. */
@Singleton
class OwnKeysProducer {

    private static final Logger LOG = Logger.getLogger(OwnKeysProducer.class);

    @Produces
    @Singleton
    @Startup
    OwnKeys ownKeys(ClusterConfig cluster, OwnKeysConfig config, SigningKeys store, Clock clock) {
        SecureRandom random = new SecureRandom();
        Optional<SeedSeal> seal = config.masterKey().map(key -> new SeedSeal(key, random));
        if (seal.isEmpty()) {
            LOG.warn(
                    "gatehouse.keys.master-key is not set: signing keys are stored in plain in Cassandra. Whoever reads"
                            + " its disks can speak for our servers");
        }
        OpenKeys open = new OpenKeys(store, seal, random);
        return new OwnKeys(cluster.serverNames().stream().map(open::of).collect(Collectors.toList()), clock);
    }
}
