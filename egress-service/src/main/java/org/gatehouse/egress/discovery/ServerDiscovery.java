package org.gatehouse.egress.discovery;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.gatehouse.egress.discovery.ServerRoute.Target;
import org.gatehouse.egress.discovery.SrvRecords.SrvRecord;
import org.gatehouse.matrix.identifier.ServerName;

/** The specification's "Resolving server names", step by step; the numbers are those of its list. */
public final class ServerDiscovery {

    private static final int DEFAULT_PORT = 8448;
    private static final String FEDERATION = "matrix-fed";
    private static final String DEPRECATED = "matrix";

    private final Delegations delegations;
    private final SrvRecords srvRecords;
    private final SrvOrder srvOrder;

    public ServerDiscovery(Delegations delegations, SrvRecords srvRecords, SrvOrder srvOrder) {
        this.delegations = delegations;
        this.srvRecords = srvRecords;
        this.srvOrder = srvOrder;
    }

    /** @throws NoFederation if the server says that it has none */
    public ServerRoute find(ServerName server) {
        if (server.isIpLiteral() || server.port().isPresent()) {
            return asWritten(server); // 1, 2
        }
        Optional<ServerName> delegated = delegations.find(server.host());
        if (delegated.isEmpty()) {
            return byDns(server, server.host()); // 4, 5, 6
        }
        if (delegated.get().isIpLiteral() || delegated.get().port().isPresent()) {
            return asWritten(delegated.get()); // 3.1, 3.2
        }
        return byDns(server, delegated.get().host()); // 3.3, 3.4, 3.5
    }

    private static ServerRoute asWritten(ServerName name) {
        OptionalInt port = name.port();
        return ServerRoute.to(name.host(), port.orElse(DEFAULT_PORT), name.toString());
    }

    private ServerRoute byDns(ServerName server, String host) {
        for (String service : List.of(FEDERATION, DEPRECATED)) {
            List<SrvRecord> records = srvRecords.find(service, host);
            if (!records.isEmpty()) {
                return bySrv(server, host, records);
            }
        }
        return ServerRoute.to(host, DEFAULT_PORT, host);
    }

    /** The certificate is asked for under the name before the SRV record, never under its target. */
    private ServerRoute bySrv(ServerName server, String host, List<SrvRecord> records) {
        List<SrvRecord> usable =
                records.stream().filter(record -> !record.saysNoService()).collect(Collectors.toList());
        if (usable.isEmpty()) {
            throw new NoFederation(server);
        }
        List<Target> targets = srvOrder.of(usable).stream()
                .map(record -> new Target(record.target(), record.port()))
                .collect(Collectors.toList());
        return new ServerRoute(targets, host, host);
    }
}
