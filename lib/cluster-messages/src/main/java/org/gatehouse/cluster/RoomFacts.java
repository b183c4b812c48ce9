package org.gatehouse.cluster;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.identifier.UserId;

/**
 * What the gate in has to know of a room (topic room-facts, compacted).
 *
 * @param serverAcl content of the current m.room.server_acl
 * @param joining whether a join through another server is under way
 * @param residents joined users of each hosted server name; a name without joined users is absent
 * @param pending out-of-band invites and knocks
 * @param cause offset in pdu-connected of the record after which this was so
 * @param policy the policy server that the room uses
 */
public record RoomFacts(
        RoomId roomId,
        String roomVersion,
        Optional<JsonObject> serverAcl,
        boolean joining,
        Map<ServerName, Integer> residents,
        List<Pending> pending,
        long cause,
        @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<PolicyServer> policy)
        implements ClusterRecord {

    /** An invite or knock of a hosted user in a room that we are not in. */
    public record Pending(UserId userId, UserId sender, String membership, EventId eventId) {}

    /** The facts of a room without a policy server. */
    public RoomFacts(
            RoomId roomId,
            String roomVersion,
            Optional<JsonObject> serverAcl,
            boolean joining,
            Map<ServerName, Integer> residents,
            List<Pending> pending,
            long cause) {
        this(roomId, roomVersion, serverAcl, joining, residents, pending, cause, Optional.empty());
    }

    public RoomFacts {
        residents = java.util.Collections.unmodifiableMap(new TreeMap<>(residents));
        pending = List.copyOf(pending);
    }

    @Override
    public String key() {
        return roomId.toString();
    }
}
