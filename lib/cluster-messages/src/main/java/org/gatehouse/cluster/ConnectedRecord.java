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

/** What event-graph tells the judge (topic pdu-connected), a function of the room's log. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ConnectedRecord.Connected.class, name = "connected"),
    @JsonSubTypes.Type(value = ConnectedRecord.Outlier.class, name = "outlier"),
    @JsonSubTypes.Type(value = ConnectedRecord.JoinBegun.class, name = "join-begun"),
    @JsonSubTypes.Type(value = ConnectedRecord.JoinFailed.class, name = "join-failed"),
    @JsonSubTypes.Type(value = ConnectedRecord.OutOfBand.class, name = "out-of-band")
})
public sealed interface ConnectedRecord extends ClusterRecord {

    RoomId roomId();

    /** Offset in pdu-received of the record that caused this one. */
    long cause();

    @Override
    default String key() {
        return roomId().toString();
    }

    /** Where an event came from. */
    enum Source {
        /** A peer pushed it. */
        PUSHED,
        /** A hosted user made it. */
        MADE,
        /** Egress fetched it to fill a gap. */
        FETCHED,
        /** The join of a hosted user through another server. */
        JOINED,
        /** A parent with a seeded state. */
        SEEDED
    }

    /**
     * The state before an event, given instead of computed.
     *
     * @param join true: the event becomes the only head; false: it is one input of later resolutions
     */
    record Seed(boolean join, BulkRange state) {}

    /**
     * An event in its place.
     *
     * @param ordinal its number in the room, from 1, parents before children
     * @param origin who pushed or gave it; for a made event the sender's server
     * @param fanOut whether egress sends it to the other servers of the room
     * @param seed the state before it, if it cannot be computed from its parents
     */
    record Connected(
            RoomId roomId,
            String roomVersion,
            EventId eventId,
            long ordinal,
            Source source,
            ServerName origin,
            boolean fanOut,
            Optional<Seed> seed,
            Optional<ReplyTo> replyTo,
            long cause,
            PduBytes pdu)
            implements ConnectedRecord {
        @Override
        public List<EncodedRecord.Header> headers() {
            return List.of(
                    new EncodedRecord.Header("event-id", eventId.toString()),
                    new EncodedRecord.Header("room-version", roomVersion),
                    new EncodedRecord.Header("ordinal", Long.toString(ordinal)));
        }
    }

    /** An event that is known only for the sake of others that cite it as an auth event. */
    record Outlier(RoomId roomId, String roomVersion, EventId eventId, long cause, PduBytes pdu)
            implements ConnectedRecord {}

    record JoinBegun(RoomId roomId, String roomVersion, String attemptId, UserId userId, long cause)
            implements ConnectedRecord {}

    record JoinFailed(RoomId roomId, String attemptId, String reason, long cause) implements ConnectedRecord {}

    /** See {@link ReceivedRecord.OutOfBand}. */
    record OutOfBand(
            RoomId roomId,
            String roomVersion,
            EventId eventId,
            UserId userId,
            String membership,
            List<JsonObject> strippedState,
            Optional<ReplyTo> replyTo,
            long cause,
            PduBytes pdu)
            implements ConnectedRecord {
        public OutOfBand {
            strippedState = List.copyOf(strippedState);
        }
    }
}
