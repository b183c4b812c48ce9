package org.gatehouse.egress.remote;

import java.util.Set;
import org.gatehouse.egress.connection.Unreachable;
import org.gatehouse.egress.discovery.NoFederation;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.runtime.http.MatrixError;

/**
 * What the caller of a remote operation is told. Only what another server says about the room passes through; that it
 * does not know our key, or is down, is nothing that a user could mend.
 */
public final class RemoteErrors {

    private static final Set<Integer> ABOUT_THE_ROOM = Set.of(400, 403, 404);

    /** Codes that say that our request was wrong, not the user's wish. */
    private static final Set<String> ABOUT_US = Set.of(
            "",
            "M_UNRECOGNIZED",
            "M_UNAUTHORIZED",
            "M_UNKNOWN_TOKEN",
            "M_MISSING_TOKEN",
            "M_MISSING_PARAM",
            "M_INVALID_PARAM",
            "M_BAD_JSON",
            "M_NOT_JSON");

    private RemoteErrors() {}

    public static MatrixError of(ServerName destination, RuntimeException failure) {
        if (failure instanceof MatrixError already) {
            return already;
        }
        if (failure instanceof RemoteRefusal refusal) {
            boolean passes = ABOUT_THE_ROOM.contains(refusal.status()) && !ABOUT_US.contains(refusal.errcode());
            return passes
                    ? new MatrixError(refusal.status(), refusal.errcode(), refusal.error())
                    : badGateway(destination, "answered " + refusal.status() + " " + refusal.errcode());
        }
        if (failure instanceof Unreachable || failure instanceof NoFederation) {
            return badGateway(destination, "cannot be reached");
        }
        throw failure;
    }

    /** 502: the destination does not answer as it has to. */
    public static MatrixError badGateway(ServerName destination, String detail) {
        return new MatrixError(502, "M_UNKNOWN", destination + " " + detail);
    }
}
