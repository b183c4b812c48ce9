package org.gatehouse.ingress.serverlist;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;
import org.gatehouse.ingress.admission.IntakeMeters;
import org.gatehouse.ingress.admission.RefusedRequests;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.request.XMatrix;
import org.gatehouse.matrix.request.XMatrixParse.Parsed;
import org.gatehouse.runtime.http.MatrixResponses;
import org.jboss.logging.Logger;

/**
 * Refuses listed servers on every operation, with or without signature: 403 M_FORBIDDEN. Asked of the origin that the
 * header names, the same that its signature must be of; a request that names none is anybody's.
 */
@Singleton
class RefuseListedServers {

    private static final Logger LOG = Logger.getLogger("org.gatehouse.ingress.serverlist.DryRun");

    /** Behind the paths that there are, before bodies and keys. */
    private static final int PRIORITY = 9_400;

    private final ServerLists lists;
    private final RefusedRequests refusedRequests;
    private final IntakeMeters meters;
    private final boolean dryRun;
    private final DryRunLog dryRunLog;

    RefuseListedServers(
            ServerLists lists,
            RefusedRequests refusedRequests,
            IntakeMeters meters,
            ServerListsConfig config,
            Clock clock) {
        this.lists = lists;
        this.refusedRequests = refusedRequests;
        this.meters = meters;
        this.dryRun = config.dryRun();
        this.dryRunLog = new DryRunLog(clock, LOG::info);
    }

    void register(@Observes Filters filters) {
        filters.register(this::admit, PRIORITY);
    }

    private void admit(RoutingContext context) {
        Optional<ServerName> origin = XMatrix.parse(context.request().headers().getAll(HttpHeaders.AUTHORIZATION))
                .parsed()
                .map(Parsed::origin);
        Optional<Denial> denial = origin.flatMap(lists::denialOf);
        if (denial.isEmpty()) {
            context.next();
        } else if (dryRun) {
            meters.policyDenied(denial.get().rule() + "-dry-run");
            dryRunLog.wouldRefuse(origin.get(), denial.get());
            context.next();
        } else {
            refuse(context, origin.get(), denial.get());
        }
    }

    private void refuse(RoutingContext context, ServerName origin, Denial denial) {
        meters.policyDenied(denial.rule());
        refusedRequests.refused(context, origin.toString(), denial.rule(), denial.reason());
        MatrixResponses.send(context, 403, "M_FORBIDDEN", "This server does not federate with yours");
        // What is left of the body is thrown away, so that the connection can be used again.
        context.request().resume();
    }
}
