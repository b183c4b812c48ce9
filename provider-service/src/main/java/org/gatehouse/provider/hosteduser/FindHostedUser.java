package org.gatehouse.provider.hosteduser;

import jakarta.enterprise.context.ApplicationScoped;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.provider.appservice.AppServiceUsers;
import org.gatehouse.provider.appservice.AppServices;
import org.gatehouse.runtime.config.ClusterConfig;

/** Whether a user lives here; an application service is asked to make the users of its namespaces when they are needed. */
@ApplicationScoped
public class FindHostedUser {

    private final ClusterConfig cluster;
    private final HostedUsers users;
    private final AppServices appServices;
    private final AppServiceUsers appServiceUsers;

    public FindHostedUser(
            ClusterConfig cluster, HostedUsers users, AppServices appServices, AppServiceUsers appServiceUsers) {
        this.cluster = cluster;
        this.users = users;
        this.appServices = appServices;
        this.appServiceUsers = appServiceUsers;
    }

    public boolean isHosted(UserId userId) {
        if (!cluster.hosts(userId.serverName())) {
            return false;
        }
        return users.find(userId).isPresent() || wasMadeByAppService(userId);
    }

    /** Application Service API, "Querying": after a 200 the service has registered the user. */
    private boolean wasMadeByAppService(UserId userId) {
        return appServices
                .ownerOf(userId)
                .filter(service -> appServiceUsers.exists(service, userId))
                .flatMap(service -> users.find(userId))
                .isPresent();
    }
}
