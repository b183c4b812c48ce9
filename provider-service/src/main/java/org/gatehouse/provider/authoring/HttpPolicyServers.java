package org.gatehouse.provider.authoring;

import jakarta.enterprise.context.ApplicationScoped;
import org.gatehouse.cluster.PolicyServer;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.runtime.internal.InternalClient;
import org.gatehouse.runtime.internal.InternalOperation;
import org.gatehouse.runtime.internal.InternalResponse;
import org.gatehouse.runtime.internal.ServiceUnavailable;

/** REMOTE_POLICY_SIGN of egress-service. */
@ApplicationScoped
class HttpPolicyServers implements PolicyServers {

    private final InternalClient client;

    HttpPolicyServers(InternalClient client) {
        this.client = client;
    }

    @Override
    public String signature(Pdu event, PolicyServer policy) {
        JsonObject request = JsonObject.builder()
                .put("ed25519", policy.ed25519())
                .put("event", event.json())
                .put("origin", event.sender().serverName().value())
                .put("room_id", event.roomId().value())
                .put("room_version", event.roomVersion().id())
                .put("via", policy.via().value())
                .build();
        InternalResponse answer = client.await(InternalOperation.REMOTE_POLICY_SIGN, request);
        if (answer.status() == 500 || answer.status() == 503) {
            throw new ServiceUnavailable("egress", "answered " + answer.status());
        }
        return answer.requireOk()
                .json()
                .string("signature")
                .orElseThrow(() -> new ServiceUnavailable("egress", "answered without a signature"));
    }
}
