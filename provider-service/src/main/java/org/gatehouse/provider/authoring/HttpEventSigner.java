package org.gatehouse.provider.authoring;

import jakarta.enterprise.context.ApplicationScoped;
import org.gatehouse.matrix.canonicaljson.CanonicalJson;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.event.EventDraft;
import org.gatehouse.matrix.event.EventSizes;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.event.StoredPdus;
import org.gatehouse.runtime.http.MatrixError;
import org.gatehouse.runtime.internal.InternalClient;
import org.gatehouse.runtime.internal.InternalOperation;
import org.gatehouse.runtime.internal.ServiceUnavailable;

/** SIGN_EVENT of key-service. */
@ApplicationScoped
class HttpEventSigner implements EventSigner {

    private final InternalClient client;

    HttpEventSigner(InternalClient client) {
        this.client = client;
    }

    @Override
    public Pdu sign(EventDraft draft) {
        JsonObject request = JsonObject.builder()
                .put("event", draft.toJson())
                .put("room_version", draft.roomVersion().id())
                .put("user", draft.sender().value())
                .build();
        JsonObject signed = client.await(InternalOperation.SIGN_EVENT, request)
                .requireOk()
                .json()
                .object("event")
                .orElseThrow(() -> new ServiceUnavailable("key", "answered without an event"));
        if (CanonicalJson.write(signed).length > EventSizes.MAX_EMITTED_EVENT_BYTES) {
            throw MatrixError.tooLarge("The event is too large");
        }
        return StoredPdus.of(draft.roomVersion(), signed);
    }
}
