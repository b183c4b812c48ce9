package org.gatehouse.requestauth;

import java.util.List;
import java.util.Optional;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.request.XMatrix;
import org.gatehouse.matrix.request.XMatrixParse;
import org.gatehouse.matrix.request.XMatrixParse.Malformed;
import org.gatehouse.matrix.request.XMatrixParse.Parsed;
import org.gatehouse.runtime.config.ClusterConfig;
import org.gatehouse.runtime.http.MatrixError;

/** Reads the header, before any body is read or any key is fetched. */
final class ClaimReading {

    /** More signatures than any server has keys in use. */
    private static final int MAX_SIGNATURES = 10;

    private final ClusterConfig cluster;
    private final boolean requireDestination;

    ClaimReading(ClusterConfig cluster, boolean requireDestination) {
        this.cluster = cluster;
        this.requireDestination = requireDestination;
    }

    /** Throws 401 M_UNAUTHORIZED if the header makes no claim that could be verified. */
    Claim read(RequestHead head) {
        XMatrixParse parse = XMatrix.parse(head.authorization());
        Parsed parsed = parse.parsed().orElseThrow(() -> unreadable(parse));
        if (parsed.signatures().size() > MAX_SIGNATURES) {
            throw MatrixError.unauthorized("Too many signatures");
        }
        if (cluster.hosts(parsed.origin())) {
            throw MatrixError.unauthorized("The origin is this server");
        }
        return new Claim(parsed.origin(), destination(parsed, head), parsed.signatures());
    }

    private ServerName destination(Parsed parsed, RequestHead head) {
        ServerName destination = parsed.destination()
                .or(() -> requireDestination ? Optional.empty() : addressed(head))
                .orElseThrow(() -> MatrixError.unauthorized("The destination is missing"));
        if (!cluster.hosts(destination)) {
            throw MatrixError.unauthorized("The destination is not this server");
        }
        return destination;
    }

    /** Old servers name no destination: then it is the host that they asked, or our only name. */
    private Optional<ServerName> addressed(RequestHead head) {
        List<ServerName> ours = cluster.serverNames();
        return head.host()
                .flatMap(ServerName::tryParse)
                .filter(cluster::hosts)
                .or(() -> ours.size() == 1 ? Optional.of(ours.get(0)) : Optional.empty());
    }

    private static MatrixError unreadable(XMatrixParse parse) {
        return MatrixError.unauthorized(
                parse instanceof Malformed malformed
                        ? "Authorization header: " + malformed.reason()
                        : "Missing Authorization header");
    }
}
