package org.gatehouse.cluster;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Optional;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.identifier.UserId;

/** What the judge decided (topic pdu-judged), in the room's order. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = JudgedRecord.Judged.class, name = "judged"),
    @JsonSubTypes.Type(value = JudgedRecord.OutOfBandKept.class, name = "out-of-band"),
    @JsonSubTypes.Type(value = JudgedRecord.JoinFailed.class, name = "join-failed")
})
public sealed interface JudgedRecord extends ClusterRecord {

    RoomId roomId();

    /** Offset in pdu-connected of the record that caused this one. */
    long cause();

    @Override
    default String key() {
        return roomId().toString();
    }

    /**
     * One change of the room's current state.
     *
     * @param eventId empty if the key has left the state
     * @param pdu absent if it is the judged event itself
     */
    record CurrentChange(String type, String stateKey, Optional<EventId> eventId, Optional<PduBytes> pdu) {}

    /**
     * An event's verdict.
     *
     * @param rule the rule that it broke, such as {@code v11/6.3.1}; empty if it was accepted
     * @param stateBefore version of the state before it
     * @param currentState version of the room's current state after it
     * @param currentChanges what the current state became different in
     * @param historyVisibility of the state after it: {@code shared} if the room does not say
     * @param fanOut whether egress sends it on; never for what was not accepted
     * @param serversBefore the servers joined in the state before it; given only if fanOut
     * @param joinSeed whether it is our own join through another server: what the current state held before is void,
     *     and currentChanges holds it whole
     */
    record Judged(
            RoomId roomId,
            String roomVersion,
            EventId eventId,
            long ordinal,
            ConnectedRecord.Source source,
            ServerName origin,
            Verdict verdict,
            String rule,
            String reason,
            long stateBefore,
            long currentState,
            List<CurrentChange> currentChanges,
            String historyVisibility,
            boolean fanOut,
            List<ServerName> serversBefore,
            boolean joinSeed,
            long cause,
            PduBytes pdu)
            implements JudgedRecord {
        public Judged {
            currentChanges = List.copyOf(currentChanges);
            serversBefore = List.copyOf(serversBefore);
        }

        @Override
        public List<EncodedRecord.Header> headers() {
            return List.of(
                    new EncodedRecord.Header("event-id", eventId.toString()),
                    new EncodedRecord.Header("verdict", verdict.wireName()),
                    new EncodedRecord.Header("ordinal", Long.toString(ordinal)));
        }
    }

    /** A membership of a hosted user in a room that we are not in was kept (or, with {@code leave}, ended). */
    record OutOfBandKept(
            RoomId roomId,
            String roomVersion,
            EventId eventId,
            UserId userId,
            String membership,
            List<JsonObject> strippedState,
            long cause,
            PduBytes pdu)
            implements JudgedRecord {
        public OutOfBandKept {
            strippedState = List.copyOf(strippedState);
        }
    }

    record JoinFailed(RoomId roomId, String attemptId, String reason, long cause) implements JudgedRecord {}
}
