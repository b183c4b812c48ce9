package org.gatehouse.ingress.policy;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.gatehouse.ingress.roomfacts.KnownRoom;
import org.gatehouse.ingress.surface.AskServerAcl;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.signing.PolicySignature;
import org.gatehouse.runtime.http.MatrixError;
import org.gatehouse.runtime.internal.InternalClient;
import org.gatehouse.runtime.internal.InternalOperation;

/** A peer shows an event to a hosted name that is the policy server of the event's room. */
@ApplicationScoped
class SignForPeer {

    private final AskServerAcl acl;
    private final InternalClient services;
    private final boolean enabled;

    SignForPeer(
            AskServerAcl acl,
            InternalClient services,
            @ConfigProperty(name = "gatehouse.policy-server.enabled", defaultValue = "false") boolean enabled) {
        this.acl = acl;
        this.services = services;
        this.enabled = enabled;
    }

    /** The answer: our signature alone. Otherwise the errors of the specification's list. */
    Uni<JsonObject> sign(ServerName origin, ServerName policyServer, JsonObject event) {
        if (!enabled) {
            throw MatrixError.unrecognized();
        }
        RoomId roomId =
                event.string("room_id").flatMap(RoomId::tryParse).orElseThrow(() -> MatrixError.badJson("room_id"));
        return acl.of(roomId, origin)
                .map(room -> underPolicyOf(policyServer, room))
                .chain(room -> signed(room, policyServer, event));
    }

    private static KnownRoom underPolicyOf(ServerName policyServer, Optional<KnownRoom> room) {
        return room.filter(known -> known.facts()
                        .policy()
                        .filter(policy -> policy.via().equals(policyServer))
                        .isPresent())
                .orElseThrow(() -> MatrixError.notFound("the room is not known to be under this policy server"));
    }

    private Uni<JsonObject> signed(KnownRoom room, ServerName policyServer, JsonObject event) {
        JsonObject wish = JsonObject.builder()
                .put("policy_server", policyServer.value())
                .put("room_version", room.facts().roomVersion())
                .put("event", event)
                .build();
        return services.call(InternalOperation.POLICY_SIGN, wish)
                .map(answer -> answer.requireOk().json().string("signature").orElseThrow())
                .map(signature -> JsonObject.of(
                        policyServer.value(), JsonObject.EMPTY.with(PolicySignature.KEY_ID.value(), signature)));
    }
}
