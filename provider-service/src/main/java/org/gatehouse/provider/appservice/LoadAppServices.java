package org.gatehouse.provider.appservice;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.provider.door.ProviderConfig;
import org.gatehouse.runtime.config.ClusterConfig;
import org.jboss.logging.Logger;

/** Reads the registrations when the service starts. Their users belong to the first of our server names. */
@ApplicationScoped
class LoadAppServices {

    private static final Logger LOG = Logger.getLogger(LoadAppServices.class);

    /** @throws BadRegistration if a file cannot be used, or two share an ID or a token */
    @Produces
    @Singleton
    AppServices appServices(ProviderConfig config, ClusterConfig cluster) {
        ServerName server = cluster.serverNames().get(0);
        List<AppService> services = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (String file : config.appServices().orElse(List.of())) {
            AppService service = RegistrationFile.read(Path.of(file), server);
            if (!seen.add("id " + service.id())
                    || !seen.add("token " + service.asToken().value())) {
                throw new BadRegistration(file + " repeats the ID or the as_token of another registration");
            }
            services.add(service);
            LOG.infof("application service: id=%s sender=%s", service.id(), service.sender());
        }
        return new AppServices(services);
    }
}
