package org.gatehouse.provider.sync;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.JsonValue;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.event.StoredPdus;
import org.gatehouse.matrix.roomversion.RoomVersion;
import org.gatehouse.matrix.roomversion.RoomVersions;
import org.gatehouse.provider.delivery.Membership;
import org.gatehouse.runtime.internal.InternalCall;
import org.gatehouse.runtime.internal.InternalClient;
import org.gatehouse.runtime.internal.InternalOperation;

/** ROOM_STATE of state-resolution-service, before the leave event; that event itself comes on top. */
@ApplicationScoped
class HttpStateAtLeave implements StateAtLeave {

    private final InternalClient client;

    HttpStateAtLeave(InternalClient client) {
        this.client = client;
    }

    @Override
    public List<Pdu> events(Membership membership) {
        Pdu leave = membership.event();
        JsonObject answer = client.await(InternalCall.to(
                                InternalOperation.ROOM_STATE,
                                membership.roomId().value())
                        .query("event_id", leave.eventId().value()))
                .requireOk()
                .json();
        RoomVersion version = RoomVersions.require(membership.roomVersion());
        List<Pdu> events = new ArrayList<>();
        for (JsonValue value : answer.array("events").orElse(JsonArray.EMPTY).values()) {
            value.asObject()
                    .flatMap(entry -> entry.object("pdu"))
                    .map(json -> StoredPdus.of(version, json))
                    .filter(event -> !event.stateSlot().equals(leave.stateSlot()))
                    .ifPresent(events::add);
        }
        events.add(leave);
        return events;
    }
}
