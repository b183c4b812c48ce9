package org.gatehouse.egress.remote;

import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.runtime.internal.InternalResponse;
import org.gatehouse.runtime.internal.ServiceUnavailable;

/** Reads answers of our own services for those who wait on a worker thread. */
public final class InternalAnswers {

    private InternalAnswers() {}

    /**
     * The body of a success.
     *
     * @throws ServiceUnavailable if the service failed: that passes
     * @throws org.gatehouse.runtime.http.MatrixError if it refused: that does not
     */
    public static JsonObject json(String service, InternalResponse response) {
        if (response.status() >= 500) {
            throw new ServiceUnavailable(service, "answered " + response.status());
        }
        return response.requireOk().json();
    }
}
