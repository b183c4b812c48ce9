package org.gatehouse.egress.config;

import io.vertx.core.Vertx;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import org.gatehouse.egress.connection.AddressGuard;
import org.gatehouse.egress.connection.GuardedHttp;
import org.gatehouse.egress.connection.Outbound;
import org.gatehouse.egress.connection.TrustedAuthorities;
import org.gatehouse.egress.discovery.CachedDelegations;
import org.gatehouse.egress.discovery.DnsSrvRecords;
import org.gatehouse.egress.discovery.ServerDiscovery;
import org.gatehouse.egress.discovery.SrvOrder;
import org.gatehouse.egress.remote.FederationClient;
import org.gatehouse.egress.remote.RequestSigner;
import org.gatehouse.egress.remote.WellKnownClient;
import org.gatehouse.runtime.config.ClusterConfig;
import org.jboss.logging.Logger;

/** Puts the way out together. */
@Singleton
class EgressProducer {

    private static final Logger LOG = Logger.getLogger(EgressProducer.class);

    @Produces
    @Singleton
    Outbound outbound(Vertx vertx, EgressConfig config) {
        if (config.allowPrivateNetworks()) {
            LOG.warn("gatehouse.egress.allow-private-networks is set: any server name can lead us to any address");
        }
        return new GuardedHttp(
                vertx, TrustedAuthorities.systemPlus(config.caFile()), new AddressGuard(config.allowPrivateNetworks()));
    }

    @Produces
    @Singleton
    FederationClient federationClient(
            Vertx vertx, Outbound outbound, RequestSigner signer, ClusterConfig cluster, Clock clock) {
        ServerDiscovery discovery = new ServerDiscovery(
                new CachedDelegations(new WellKnownClient(outbound, clock), clock),
                new DnsSrvRecords(vertx),
                new SrvOrder(new SecureRandom()::nextInt));
        return new FederationClient(discovery, outbound, signer, cluster::hosts);
    }
}
