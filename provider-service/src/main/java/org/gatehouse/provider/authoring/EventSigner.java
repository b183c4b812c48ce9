package org.gatehouse.provider.authoring;

import org.gatehouse.matrix.event.EventDraft;
import org.gatehouse.matrix.event.Pdu;

/** Has events of hosted users hashed and signed. */
public interface EventSigner {

    /**
     * The signed event.
     *
     * @throws org.gatehouse.runtime.http.MatrixError if key-service refuses it
     * @throws org.gatehouse.runtime.internal.ServiceUnavailable if key-service does not answer
     */
    Pdu sign(EventDraft draft);
}
