package org.gatehouse.provider.authoring;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.gatehouse.cluster.PolicyServer;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.matrix.roomversion.RoomVersions;
import org.gatehouse.runtime.internal.InternalCall;
import org.gatehouse.runtime.internal.InternalClient;
import org.gatehouse.runtime.internal.InternalOperation;
import org.gatehouse.runtime.internal.InternalResponse;
import org.gatehouse.runtime.internal.ServiceUnavailable;

/** EVENT_TEMPLATE of state-resolution-service. */
@ApplicationScoped
class HttpEventTemplates implements EventTemplates {

    private final InternalClient client;

    HttpEventTemplates(InternalClient client) {
        this.client = client;
    }

    @Override
    public Optional<EventTemplate> template(
            RoomId roomId, UserId sender, String type, Optional<String> stateKey, JsonObject content) {
        JsonObject request = JsonObject.builder()
                .put("content", content)
                .put("sender", sender.value())
                .put("type", type)
                .build();
        JsonObject whole = stateKey.map(key -> request.with("state_key", key)).orElse(request);
        InternalResponse answer = client.await(InternalCall.to(InternalOperation.EVENT_TEMPLATE, roomId.value())
                .body(whole));
        if (answer.status() == 404) {
            return Optional.empty();
        }
        if (answer.status() >= 500) {
            throw new ServiceUnavailable("state-resolution", "answered " + answer.status() + " to a template");
        }
        return Optional.of(read(answer.requireOk().json()));
    }

    private static EventTemplate read(JsonObject json) {
        return new EventTemplate(
                RoomVersions.require(json.string("room_version").orElse("")),
                eventIds(json, "prev_events"),
                eventIds(json, "auth_events"),
                json.integer("depth").orElse(1),
                json.bool("allowed").orElse(false),
                json.string("rule").orElse(""),
                json.string("reason").orElse("Not allowed"),
                json.object("policy_server").flatMap(HttpEventTemplates::policy));
    }

    private static Optional<PolicyServer> policy(JsonObject json) {
        return json.string("via")
                .flatMap(ServerName::tryParse)
                .flatMap(via -> json.string("ed25519").map(key -> new PolicyServer(via, key)));
    }

    private static List<EventId> eventIds(JsonObject json, String name) {
        return json.array(name).map(JsonArray::strings).orElse(List.of()).stream()
                .map(EventId::new)
                .toList();
    }
}
