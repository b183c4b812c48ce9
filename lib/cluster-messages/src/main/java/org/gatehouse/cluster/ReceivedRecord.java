package org.gatehouse.cluster;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Optional;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.identifier.UserId;

/**
 * The one log a room (topic pdu-received): everything that can change a room's graph. Order, ordinals, state versions
 * and verdicts are functions of these records and of nothing else.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ReceivedRecord.Pushed.class, name = "pushed"),
    @JsonSubTypes.Type(value = ReceivedRecord.Made.class, name = "made"),
    @JsonSubTypes.Type(value = ReceivedRecord.Fetched.class, name = "fetched"),
    @JsonSubTypes.Type(value = ReceivedRecord.FetchOutcome.class, name = "fetch-outcome"),
    @JsonSubTypes.Type(value = ReceivedRecord.ParentSeed.class, name = "parent-seed"),
    @JsonSubTypes.Type(value = ReceivedRecord.PolicyAnswer.class, name = "policy-answer"),
    @JsonSubTypes.Type(value = ReceivedRecord.JoinBegun.class, name = "join-begun"),
    @JsonSubTypes.Type(value = ReceivedRecord.JoinDone.class, name = "join-done"),
    @JsonSubTypes.Type(value = ReceivedRecord.JoinFailed.class, name = "join-failed"),
    @JsonSubTypes.Type(value = ReceivedRecord.OutOfBand.class, name = "out-of-band")
})
public sealed interface ReceivedRecord extends ClusterRecord {

    RoomId roomId();

    @Override
    default String key() {
        return roomId().toString();
    }

    /**
     * An event that a peer pushed: by /send, or by a membership handshake. Checked 1 to 3 by ingress.
     *
     * @param origin the server that pushed it
     * @param fanOut whether we, as the resident server of a handshake, have to hand it on to the others
     * @param policy the policy server that the room used when it was pushed, as far as ingress knew
     */
    record Pushed(
            RoomId roomId,
            String roomVersion,
            EventId eventId,
            ServerName origin,
            boolean fanOut,
            Optional<ReplyTo> replyTo,
            Optional<String> trace,
            PduBytes pdu,
            @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<PolicyServer> policy)
            implements ReceivedRecord {

        /** An event of a room without a policy server. */
        public Pushed(
                RoomId roomId,
                String roomVersion,
                EventId eventId,
                ServerName origin,
                boolean fanOut,
                Optional<ReplyTo> replyTo,
                Optional<String> trace,
                PduBytes pdu) {
            this(roomId, roomVersion, eventId, origin, fanOut, replyTo, trace, pdu, Optional.empty());
        }

        @Override
        public List<EncodedRecord.Header> headers() {
            return eventHeaders(eventId, roomVersion, origin.toString(), trace);
        }
    }

    /** An event of a hosted user, signed by key-service. */
    record Made(
            RoomId roomId,
            String roomVersion,
            EventId eventId,
            UserId sender,
            Optional<ReplyTo> replyTo,
            Optional<String> trace,
            PduBytes pdu)
            implements ReceivedRecord {
        @Override
        public List<EncodedRecord.Header> headers() {
            return eventHeaders(eventId, roomVersion, sender.serverName().toString(), trace);
        }
    }

    /**
     * An event that egress fetched on the graph's wish, checked 1 to 3.
     *
     * @param from the server that gave it
     * @param outlier true if it is only wanted as an auth event, not as a part of the graph
     */
    record Fetched(
            RoomId roomId,
            String roomVersion,
            EventId eventId,
            ServerName from,
            String wishId,
            boolean outlier,
            PduBytes pdu)
            implements ReceivedRecord {
        @Override
        public List<EncodedRecord.Header> headers() {
            return eventHeaders(eventId, roomVersion, from.toString(), Optional.empty());
        }
    }

    /**
     * What became of a wish: after all its Fetched and ParentSeed records.
     *
     * @param eventId the event that waits
     * @param complete whether all that was missing has been logged
     * @param detail for people
     */
    record FetchOutcome(RoomId roomId, String wishId, EventId eventId, boolean complete, String detail)
            implements ReceivedRecord {}

    /**
     * What a policy server said of an event that the graph asked about. The first one of an event counts.
     *
     * @param eventId the event that waits
     * @param via the policy server
     * @param signature its signature, checked against the key that was asked for; absent if there is none
     * @param detail for people: why there is none
     */
    record PolicyAnswer(
            RoomId roomId,
            String roomVersion,
            EventId eventId,
            ServerName via,
            Optional<String> signature,
            String detail)
            implements ReceivedRecord {
        @Override
        public List<EncodedRecord.Header> headers() {
            return eventHeaders(eventId, roomVersion, via.toString(), Optional.empty());
        }
    }

    /**
     * The state before a parent that could not be connected, as a peer tells it; one input of later resolutions.
     *
     * @param eventId the parent, given with its bytes; its state before lies in the range
     */
    record ParentSeed(
            RoomId roomId,
            String roomVersion,
            EventId eventId,
            ServerName from,
            String wishId,
            BulkRange state,
            PduBytes pdu)
            implements ReceivedRecord {
        @Override
        public List<EncodedRecord.Header> headers() {
            return eventHeaders(eventId, roomVersion, from.toString(), Optional.empty());
        }
    }

    /** A hosted user is about to join through another server: what is pushed from now on waits for the outcome. */
    record JoinBegun(RoomId roomId, String roomVersion, String attemptId, UserId userId) implements ReceivedRecord {}

    /**
     * The join succeeded.
     *
     * @param eventId the join event, the room's new only head
     * @param via the resident server
     * @param state the state before it
     */
    record JoinDone(
            RoomId roomId,
            String roomVersion,
            String attemptId,
            EventId eventId,
            ServerName via,
            BulkRange state,
            Optional<ReplyTo> replyTo,
            PduBytes pdu)
            implements ReceivedRecord {
        @Override
        public List<EncodedRecord.Header> headers() {
            return eventHeaders(eventId, roomVersion, via.toString(), Optional.empty());
        }
    }

    /** The join failed: what waited for it is dropped. */
    record JoinFailed(RoomId roomId, String attemptId, String reason) implements ReceivedRecord {}

    /**
     * A membership of a hosted user in a room that we are not in: an invite or knock, its rejection or rescission.
     *
     * @param userId whose membership it is
     * @param membership of the event, such as {@code invite} or {@code leave}
     * @param strippedState what the sender showed of the room, in the order received
     */
    record OutOfBand(
            RoomId roomId,
            String roomVersion,
            EventId eventId,
            UserId userId,
            String membership,
            List<JsonObject> strippedState,
            Optional<ReplyTo> replyTo,
            PduBytes pdu)
            implements ReceivedRecord {
        public OutOfBand {
            strippedState = List.copyOf(strippedState);
        }

        @Override
        public List<EncodedRecord.Header> headers() {
            return eventHeaders(eventId, roomVersion, "", Optional.empty());
        }
    }

    private static List<EncodedRecord.Header> eventHeaders(
            EventId eventId, String roomVersion, String origin, Optional<String> trace) {
        List<EncodedRecord.Header> headers = new java.util.ArrayList<>();
        headers.add(new EncodedRecord.Header("event-id", eventId.toString()));
        headers.add(new EncodedRecord.Header("room-version", roomVersion));
        headers.add(new EncodedRecord.Header("origin", origin));
        trace.ifPresent(value -> headers.add(new EncodedRecord.Header("traceparent", value)));
        return headers;
    }
}
