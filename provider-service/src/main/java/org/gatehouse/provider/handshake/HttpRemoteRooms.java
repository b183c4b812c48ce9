package org.gatehouse.provider.handshake;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import org.gatehouse.cluster.ReplyTo;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.event.StoredPdus;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.matrix.roomversion.RoomVersion;
import org.gatehouse.matrix.roomversion.RoomVersions;
import org.gatehouse.provider.door.ProviderConfig;
import org.gatehouse.runtime.internal.InternalCall;
import org.gatehouse.runtime.internal.InternalClient;
import org.gatehouse.runtime.internal.InternalOperation;
import org.gatehouse.runtime.internal.ServiceUnavailable;

/** The REMOTE operations of egress-service. */
@ApplicationScoped
class HttpRemoteRooms implements RemoteRooms {

    private static final Duration SHORT = Duration.ofSeconds(30);

    private final InternalClient client;
    private final Duration joinDeadline;

    HttpRemoteRooms(InternalClient client, ProviderConfig config) {
        this.client = client;
        this.joinDeadline = config.joinTimeout().multipliedBy(4).dividedBy(5);
    }

    @Override
    public RawTemplate makeMembership(ServerName destination, UserId userId, RoomId roomId, String membership) {
        JsonObject request = JsonObject.builder()
                .put("destination", destination.value())
                .put("membership", membership)
                .put("origin", userId.serverName().value())
                .put("room_id", roomId.value())
                .put(
                        "room_versions",
                        JsonArray.ofStrings(RoomVersions.supported().stream()
                                .map(RoomVersion::id)
                                .toList()))
                .put("user_id", userId.value())
                .build();
        JsonObject answer = call(InternalOperation.REMOTE_MAKE_MEMBERSHIP, request, SHORT);
        return new RawTemplate(
                answer.string("room_version").orElse("1"),
                answer.object("event").orElse(JsonObject.EMPTY));
    }

    @Override
    public void join(ServerName destination, Pdu event, String attemptId, ReplyTo replyTo) {
        JsonObject request =
                about(destination, event).with("attempt_id", attemptId).with("reply_to", replyTo.toString());
        call(InternalOperation.REMOTE_JOIN, request, joinDeadline);
    }

    @Override
    public void leave(ServerName destination, Pdu event) {
        call(InternalOperation.REMOTE_LEAVE, about(destination, event), SHORT);
    }

    @Override
    public Pdu invite(ServerName destination, Pdu event, List<Pdu> inviteState) {
        JsonArray state = JsonArray.of(inviteState.stream().map(Pdu::json).toList());
        JsonObject request = about(destination, event).with("invite_room_state", state);
        JsonObject signed = call(InternalOperation.REMOTE_INVITE, request, SHORT)
                .object("event")
                .orElseThrow(() -> new ServiceUnavailable("egress", "answered without an event"));
        return StoredPdus.of(event.roomVersion(), signed);
    }

    private static JsonObject about(ServerName destination, Pdu event) {
        return JsonObject.builder()
                .put("destination", destination.value())
                .put("event", event.json())
                .put("origin", event.sender().serverName().value())
                .put("room_id", event.roomId().value())
                .put("room_version", event.roomVersion().id())
                .build();
    }

    private JsonObject call(InternalOperation operation, JsonObject request, Duration deadline) {
        return client.await(InternalCall.to(operation).body(request).deadline(deadline))
                .requireOk()
                .json();
    }
}
