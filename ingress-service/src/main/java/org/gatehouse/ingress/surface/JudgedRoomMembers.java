package org.gatehouse.ingress.surface;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.runtime.internal.InternalCall;
import org.gatehouse.runtime.internal.InternalClient;
import org.gatehouse.runtime.internal.InternalOperation;
import org.gatehouse.runtime.internal.InternalResponse;

/** Asks the judge. */
@ApplicationScoped
class JudgedRoomMembers implements RoomMembers {

    private final InternalClient services;

    JudgedRoomMembers(InternalClient services) {
        this.services = services;
    }

    @Override
    public Uni<Boolean> isIn(RoomId roomId, ServerName server) {
        JsonObject question = JsonObject.EMPTY.with("server", server.toString()).with("event_ids", JsonArray.EMPTY);
        return services.call(InternalCall.to(InternalOperation.VISIBILITY, roomId.toString())
                        .body(question))
                .map(JudgedRoomMembers::read);
    }

    private static boolean read(InternalResponse answer) {
        if (answer.status() == 404) {
            return false;
        }
        return answer.requireOk().json().bool("in_room").orElse(false);
    }
}
