package org.gatehouse.egress.membership;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.gatehouse.cluster.BulkRange;
import org.gatehouse.cluster.PduBytes;
import org.gatehouse.cluster.ReceivedRecord.JoinDone;
import org.gatehouse.cluster.ReplyTo;
import org.gatehouse.egress.remote.FederationClient;
import org.gatehouse.egress.remote.RemoteOperation;
import org.gatehouse.egress.remote.RemotePath;
import org.gatehouse.egress.roomlog.BulkOfState;
import org.gatehouse.egress.roomlog.RoomLogs;
import org.gatehouse.egress.verification.CheckEvents;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.roomversion.RoomVersion;
import org.jboss.logging.Logger;

/** Sends our join to a resident server, checks its answer, and logs the join with the state before it. */
@Singleton
class JoinRoom {

    private static final Logger LOG = Logger.getLogger(JoinRoom.class);

    private final FederationClient client;
    private final CheckEvents check;
    private final RoomLogs logs;

    JoinRoom(FederationClient client, CheckEvents check, RoomLogs logs) {
        this.client = client;
        this.check = check;
        this.logs = logs;
    }

    /**
     * A join to be sent.
     *
     * @param event signed by our user's server
     * @param replyTo where the verdict is awaited
     */
    record Join(
            ServerName destination,
            ServerName origin,
            RoomId roomId,
            RoomVersion version,
            JsonObject event,
            String attemptId,
            Optional<ReplyTo> replyTo) {}

    EventId join(Join wish) {
        OwnEvent own = OwnEvent.of(wish.version(), wish.event());
        RemotePath path =
                RemotePath.of("v2/send_join", wish.roomId(), own.eventId()).query("omit_members", false);
        JsonObject answer = client.put(wish.origin(), wish.destination(), RemoteOperation.SEND_JOIN, path, own.json());
        Pdu join = own.checked(check, coSigned(wish, own, answer), wish.roomId());
        JoinAnswer state = JoinAnswer.read(check, wish.version(), wish.roomId(), wish.destination(), join, answer);
        log(wish, join, state);
        return join.eventId();
    }

    private static JsonObject coSigned(Join wish, OwnEvent own, JsonObject answer) {
        return answer.object("event")
                .map(event -> own.withSignaturesOf(wish.destination(), event))
                .orElse(own.json());
    }

    private void log(Join wish, Pdu join, JoinAnswer answer) {
        String bulkId = UUID.randomUUID().toString();
        BulkRange range =
                logs.writeBulk(wish.roomId(), bulkId, BulkOfState.records(bulkId, answer.events(), answer.state()));
        logs.writeLog(List.of(new JoinDone(
                wish.roomId(),
                wish.version().id(),
                wish.attemptId(),
                join.eventId(),
                wish.destination(),
                range,
                wish.replyTo(),
                new PduBytes(join.canonicalBytes()))));
        LOG.infof(
                "joined room %s through %s: %d state events, %d in all",
                wish.roomId(),
                wish.destination(),
                answer.state().size(),
                answer.events().size());
    }
}
