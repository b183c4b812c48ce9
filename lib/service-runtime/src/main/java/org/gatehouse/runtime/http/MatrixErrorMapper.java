package org.gatehouse.runtime.http;

import jakarta.inject.Singleton;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.UUID;
import org.gatehouse.matrix.canonicaljson.MalformedJson;
import org.gatehouse.runtime.internal.ServiceUnavailable;
import org.gatehouse.runtime.log.LogUnavailable;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** The one place where an exception becomes an answer. */
@Singleton
public class MatrixErrorMapper {

    private static final Logger LOG = Logger.getLogger(MatrixErrorMapper.class);
    private static final Duration SOON = Duration.ofSeconds(5);

    @ServerExceptionMapper
    public Response matrixError(MatrixError error) {
        return MatrixResponses.error(error);
    }

    @ServerExceptionMapper
    public Response malformedJson(MalformedJson error) {
        return MatrixResponses.error(400, error.errcode(), String.valueOf(error.getMessage()));
    }

    @ServerExceptionMapper
    public Response serviceUnavailable(ServiceUnavailable error) {
        LOG.warnf("answered 503: %s", error.getMessage());
        return tryAgain();
    }

    @ServerExceptionMapper
    public Response logUnavailable(LogUnavailable error) {
        LOG.warnf("answered 503: %s", error.getMessage());
        return tryAgain();
    }

    /** Nothing behind the path: https://spec.matrix.org, "Unsupported endpoints". */
    @ServerExceptionMapper
    public Response noSuchPath(NotFoundException error) {
        return MatrixResponses.error(404, "M_UNRECOGNIZED", "Unrecognized request");
    }

    @ServerExceptionMapper
    public Response noSuchMethod(NotAllowedException error) {
        return MatrixResponses.error(405, "M_UNRECOGNIZED", "Unrecognized method");
    }

    @ServerExceptionMapper
    public Response otherRefusal(WebApplicationException error) {
        int status = error.getResponse().getStatus();
        if (status >= 500) {
            return unexpected(error);
        }
        return MatrixResponses.error(status, status == 413 ? "M_TOO_LARGE" : "M_UNRECOGNIZED", "Refused");
    }

    /** The log has the exception under an id; the peer gets the id and nothing else. */
    @ServerExceptionMapper
    public Response unexpected(Throwable error) {
        String id = UUID.randomUUID().toString();
        LOG.errorf(error, "unexpected exception %s", id);
        return MatrixResponses.error(500, "M_UNKNOWN", "Internal error " + id);
    }

    private static Response tryAgain() {
        return MatrixResponses.error(MatrixError.unavailable("Not available now, try again", SOON));
    }
}
