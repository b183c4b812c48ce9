package org.gatehouse.stateresolution.room;

import java.util.Optional;
import org.gatehouse.cluster.PduBytes;
import org.gatehouse.matrix.identifier.EventId;

/**
 * An event that takes part in authorisation, with its bytes. What is learnt of it later is written to columns of its
 * own, each once; the last of the three counts.
 *
 * @param asOutlier what check 4 said of it when it came as an outlier
 * @param settled what check 4 said when the auth events that an unsettled outlier lacked had come
 * @param inPlace what it was judged in its place
 */
public record AuthRow(
        EventId eventId,
        PduBytes pdu,
        Optional<Learned> asOutlier,
        Optional<Learned> settled,
        Optional<Learned> inPlace) {

    /** @param cause offset of the record that said so */
    public record Learned(Standing standing, long cause) {}

    /** This row and what another write to the same row adds. */
    public AuthRow with(AuthRow later) {
        return new AuthRow(
                eventId,
                pdu,
                later.asOutlier.or(() -> asOutlier),
                later.settled.or(() -> settled),
                later.inPlace.or(() -> inPlace));
    }
}
