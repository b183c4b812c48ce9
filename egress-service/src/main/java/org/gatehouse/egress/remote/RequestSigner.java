package org.gatehouse.egress.remote;

import org.gatehouse.matrix.request.SignedRequest;

/** Signs requests with the key of the hosted server name that sends them. */
public interface RequestSigner {

    /** The value of the Authorization header. */
    String authorization(SignedRequest request);
}
