package org.gatehouse.eventgraph.history;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.gatehouse.cluster.PduBytes;
import org.gatehouse.cluster.Verdict;
import org.gatehouse.eventgraph.room.Outlier;
import org.gatehouse.eventgraph.room.PlacedEvent;
import org.gatehouse.eventgraph.verdict.JudgedEvent;
import org.gatehouse.matrix.canonicaljson.StrictJson;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;

/**
 * An event as it is read.
 *
 * @param ordinal empty for an outlier
 * @param parents ordinals of its connected parents
 * @param verdict empty for an outlier, and while the judge has not come to it
 */
record FoundEvent(
        RoomId roomId,
        String roomVersion,
        EventId eventId,
        OptionalLong ordinal,
        List<Long> parents,
        Optional<Verdict> verdict,
        PduBytes pdu) {

    static FoundEvent of(PlacedEvent event, Optional<JudgedEvent> judged) {
        return new FoundEvent(
                event.placement().roomId(),
                event.placement().roomVersion(),
                event.placement().eventId(),
                OptionalLong.of(event.placement().ordinal()),
                event.placement().parents(),
                judged.map(JudgedEvent::verdict),
                event.pdu());
    }

    static FoundEvent of(Outlier outlier) {
        return new FoundEvent(
                outlier.roomId(),
                outlier.roomVersion(),
                outlier.eventId(),
                OptionalLong.empty(),
                List.of(),
                Optional.empty(),
                outlier.pdu());
    }

    long place() {
        return ordinal.orElseThrow();
    }

    /** Whether it is known only as a part of the room's state or of its auth chain. */
    boolean isStateOutlier() {
        return ordinal.isEmpty() && StrictJson.parseObject(pdu.canonical()).has("state_key");
    }

    /** What it claims, and nobody vouches for. */
    long depth() {
        return StrictJson.parseObject(pdu.canonical()).integer("depth").orElse(0);
    }

    boolean isAccepted() {
        return verdict.filter(Verdict.ACCEPTED::equals).isPresent();
    }

    boolean isSoftFailed() {
        return verdict.filter(Verdict.SOFT_FAILED::equals).isPresent();
    }
}
