package org.gatehouse.runtime.admin;

import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.gatehouse.runtime.http.MatrixResponses;
import org.jboss.logging.Logger;

/**
 * Stands before {@code /admin/v1} of the management port. A service adds its own routes by observing
 * {@link ManagementInterface}, under {@code /admin/v1/<service>/…}, as blocking handlers if they block.
 */
@Singleton
public class AdminFilter {

    private static final Logger AUDIT = Logger.getLogger("gatehouse.audit");
    private static final String BEARER = "Bearer ";
    private static final int FIRST = -1_000;
    private static final long LARGEST_BODY = 1024 * 1024;

    private final AdminTokens tokens;

    AdminFilter(@ConfigProperty(name = "gatehouse.admin.tokens") Optional<List<String>> tokens) {
        this.tokens = new AdminTokens(tokens.orElse(List.of()));
    }

    void register(@Observes ManagementInterface management) {
        management.router().route("/admin/*").order(FIRST).handler(this::admit);
        management
                .router()
                .route("/admin/*")
                .order(FIRST + 1)
                .handler(BodyHandler.create(false).setBodyLimit(LARGEST_BODY));
    }

    private void admit(RoutingContext context) {
        if (tokens.isEmpty()) {
            MatrixResponses.send(context, 404, "M_UNRECOGNIZED", "Unrecognized request");
            return;
        }
        String method = context.request().method().name();
        Optional<AdminTokens.Bearer> bearer = bearerOf(context);
        if (bearer.isEmpty()) {
            audit(context, "nobody", "refused 401");
            MatrixResponses.send(context, 401, "M_UNKNOWN_TOKEN", "A bearer token is required");
        } else if (!bearer.get().role().allows(method)) {
            audit(context, nameOf(bearer.get()), "refused 403");
            MatrixResponses.send(context, 403, "M_FORBIDDEN", "Not for your role");
        } else {
            context.addEndHandler(ended -> audit(
                    context,
                    nameOf(bearer.get()),
                    Integer.toString(context.response().getStatusCode())));
            context.next();
        }
    }

    private Optional<AdminTokens.Bearer> bearerOf(RoutingContext context) {
        String authorization = context.request().getHeader(HttpHeaders.AUTHORIZATION);
        return authorization == null || !authorization.startsWith(BEARER)
                ? Optional.empty()
                : tokens.find(authorization.substring(BEARER.length()));
    }

    private static String nameOf(AdminTokens.Bearer bearer) {
        return bearer.role() + "/" + bearer.fingerprint();
    }

    private static void audit(RoutingContext context, String who, String outcome) {
        AUDIT.infof(
                "who=%s from=%s method=%s path=%s outcome=%s",
                who, context.request().remoteAddress(), context.request().method(), context.normalizedPath(), outcome);
    }
}
