package org.gatehouse.provider.door;

import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.servererrors.QueryValidationException;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import org.gatehouse.runtime.http.MatrixResponses;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Cassandra is not there, or not in time: 503, and nothing was acknowledged. */
@Singleton
public class StoreUnavailable {

    private static final Logger LOG = Logger.getLogger(StoreUnavailable.class);
    private static final Duration SOON = Duration.ofSeconds(5);

    @ServerExceptionMapper
    public Response storeUnavailable(DriverException error) {
        if (error instanceof QueryValidationException) {
            LOG.errorf(error, "Cassandra finds a statement of ours invalid");
            return MatrixResponses.error(500, "M_UNKNOWN", "Internal error");
        }
        LOG.warnf("answered 503: %s", error.getMessage());
        return Response.fromResponse(MatrixResponses.error(503, "M_UNKNOWN", "Not available now, try again"))
                .header(HttpHeaders.RETRY_AFTER, SOON.toSeconds())
                .build();
    }
}
