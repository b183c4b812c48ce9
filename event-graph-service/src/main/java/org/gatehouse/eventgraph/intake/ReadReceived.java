package org.gatehouse.eventgraph.intake;

import java.util.Optional;
import org.gatehouse.cassandra.HeadStamp;
import org.gatehouse.cluster.PduBytes;
import org.gatehouse.cluster.PolicyServer;
import org.gatehouse.cluster.ReceivedRecord;
import org.gatehouse.cluster.RecordCodec;
import org.gatehouse.cluster.UnreadableRecord;
import org.gatehouse.eventgraph.room.EventFacts;
import org.gatehouse.eventgraph.room.LogEntry;
import org.gatehouse.eventgraph.room.PolicyWord;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.StrictJson;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.roomversion.RoomVersions;
import org.gatehouse.matrix.signing.PolicySignature;
import org.gatehouse.runtime.log.SourceRecord;

/** Makes a log entry of a record of pdu-received. */
final class ReadReceived {

    private static final RecordCodec<ReceivedRecord> CODEC = RecordCodec.of(ReceivedRecord.class);

    private final int generation;

    ReadReceived(int generation) {
        this.generation = generation;
    }

    /** @throws UnreadableRecord if the record, or the event in it, is not what it should be */
    LogEntry read(SourceRecord source) {
        ReceivedRecord message = CODEC.decode(source.value());
        if (!message.key().equals(source.key())) {
            throw new UnreadableRecord("a record of " + message.key() + " under the key " + source.key());
        }
        return new LogEntry(
                message,
                HeadStamp.of(generation, source.offset()),
                LogEntry.weekOf(source.timestamp()),
                factsOf(message),
                policyOf(message));
    }

    /** Whether the policy server has to be asked: a function of the record, as all that the graph goes by. */
    private static Optional<PolicyWord> policyOf(ReceivedRecord message) {
        if (!(message instanceof ReceivedRecord.Pushed pushed)
                || pushed.policy().isEmpty()) {
            return Optional.empty();
        }
        PolicyServer server = pushed.policy().get();
        JsonObject event = StrictJson.parseObject(pushed.pdu().canonical());
        boolean awaited = !PolicySignature.isExempt(event)
                && !PolicySignature.isValid(
                        RoomVersions.require(pushed.roomVersion()), event, server.via(), server.ed25519());
        return Optional.of(new PolicyWord(server, awaited, Optional.empty()));
    }

    private static Optional<EventFacts> factsOf(ReceivedRecord message) {
        if (message instanceof ReceivedRecord.Pushed pushed) {
            return facts(message, pushed.roomVersion(), pushed.eventId(), pushed.pdu());
        }
        if (message instanceof ReceivedRecord.Made made) {
            return facts(message, made.roomVersion(), made.eventId(), made.pdu());
        }
        if (message instanceof ReceivedRecord.Fetched fetched) {
            return facts(message, fetched.roomVersion(), fetched.eventId(), fetched.pdu());
        }
        if (message instanceof ReceivedRecord.ParentSeed seed) {
            return facts(message, seed.roomVersion(), seed.eventId(), seed.pdu());
        }
        if (message instanceof ReceivedRecord.JoinDone done) {
            return facts(message, done.roomVersion(), done.eventId(), done.pdu());
        }
        return Optional.empty();
    }

    private static Optional<EventFacts> facts(
            ReceivedRecord message, String roomVersion, EventId eventId, PduBytes pdu) {
        return Optional.of(EventFacts.read(message.roomId(), roomVersion, eventId, pdu));
    }
}
