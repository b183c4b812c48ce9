package org.gatehouse.runtime.http;

import java.time.Duration;
import java.util.Optional;
import org.gatehouse.matrix.canonicaljson.JsonObject;

/** Ends a request with a Matrix error: status, {@code errcode} and a text for people. It carries no content. */
public final class MatrixError extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String errcode;
    private final transient Optional<Duration> retryAfter;
    private final transient JsonObject details;

    private MatrixError(int status, String errcode, String message, Optional<Duration> retryAfter, JsonObject details) {
        super(message, null, false, false);
        this.status = status;
        this.errcode = errcode;
        this.retryAfter = retryAfter;
        this.details = details;
    }

    public MatrixError(int status, String errcode, String message, Optional<Duration> retryAfter) {
        this(status, errcode, message, retryAfter, JsonObject.EMPTY);
    }

    /** @param details more members of the body, such as {@code room_version} */
    public MatrixError(int status, String errcode, String message, JsonObject details) {
        this(status, errcode, message, Optional.empty(), details);
    }

    public MatrixError(int status, String errcode, String message) {
        this(status, errcode, message, Optional.empty());
    }

    public static MatrixError forbidden(String message) {
        return new MatrixError(403, "M_FORBIDDEN", message);
    }

    public static MatrixError notFound(String message) {
        return new MatrixError(404, "M_NOT_FOUND", message);
    }

    public static MatrixError unauthorized(String message) {
        return new MatrixError(401, "M_UNAUTHORIZED", message);
    }

    public static MatrixError badJson(String message) {
        return new MatrixError(400, "M_BAD_JSON", message);
    }

    public static MatrixError notJson(String message) {
        return new MatrixError(400, "M_NOT_JSON", message);
    }

    public static MatrixError invalidParam(String message) {
        return new MatrixError(400, "M_INVALID_PARAM", message);
    }

    public static MatrixError missingParam(String message) {
        return new MatrixError(400, "M_MISSING_PARAM", message);
    }

    public static MatrixError tooLarge(String message) {
        return new MatrixError(413, "M_TOO_LARGE", message);
    }

    public static MatrixError unrecognized() {
        return new MatrixError(404, "M_UNRECOGNIZED", "Unrecognized request");
    }

    /** Not now: try again after that time. */
    public static MatrixError unavailable(String message, Duration retryAfter) {
        return new MatrixError(503, "M_UNKNOWN", message, Optional.of(retryAfter));
    }

    public int status() {
        return status;
    }

    public String errcode() {
        return errcode;
    }

    /** What a Retry-After header says. */
    public Optional<Duration> retryAfter() {
        return retryAfter;
    }

    /** More members of the body. */
    public JsonObject details() {
        return details;
    }

    /** The text for people. */
    public String text() {
        return String.valueOf(getMessage());
    }
}
