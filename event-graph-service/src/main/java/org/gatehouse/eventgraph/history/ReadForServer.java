package org.gatehouse.eventgraph.history;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gatehouse.cluster.Verdict;
import org.gatehouse.eventgraph.history.Visibility.Seen;
import org.gatehouse.eventgraph.history.Visibility.Sight;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.StrictJson;
import org.gatehouse.matrix.event.Redaction;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.roomversion.RoomVersions;
import org.gatehouse.runtime.http.MatrixError;

/**
 * Reads for other servers. A server that is not in the room learns nothing of it; an event of another room is answered
 * as one that does not exist.
 */
final class ReadForServer {

    private final FindEvents findEvents;
    private final WalkBackwards walk;
    private final Visibility visibility;

    ReadForServer(FindEvents findEvents, WalkBackwards walk, Visibility visibility) {
        this.findEvents = findEvents;
        this.walk = walk;
        this.visibility = visibility;
    }

    /** What get_missing_events asks for; unknown events on either side do not matter. */
    record Gap(List<EventId> earliest, List<EventId> latest, int limit, long minDepth) {}

    /** One event as the server may see it. */
    JsonObject event(ServerName server, EventId eventId) {
        FoundEvent event =
                findEvents.find(eventId).filter(ReadForServer::isShownAlone).orElseThrow(ReadForServer::notFound);
        Seen seen = requireInRoom(visibility.ask(event.roomId(), server, List.of(eventId)));
        if (event.isStateOutlier()) {
            return StrictJson.parseObject(event.pdu().canonical());
        }
        return show(event, seen).orElseThrow(() -> MatrixError.forbidden("You may not see this event"));
    }

    /** The judge knows of no place for an outlier; as a part of the room's state all its servers may have it. */
    private static boolean isShownAlone(FoundEvent event) {
        return event.isStateOutlier()
                || event.verdict()
                        .filter(verdict -> verdict != Verdict.REJECTED)
                        .isPresent();
    }

    /** The events and what came before them, newest first. */
    List<JsonObject> backfill(ServerName server, RoomId roomId, Collection<EventId> from, int limit) {
        List<Long> ordinals = ordinalsIn(roomId, from);
        if (ordinals.size() < new HashSet<>(from).size()) {
            requireInRoom(visibility.ask(roomId, server, List.of()));
            throw notFound();
        }
        return show(roomId, server, walk.backfill(roomId, ordinals, limit));
    }

    /** The events of a gap, oldest first. */
    List<JsonObject> missing(ServerName server, RoomId roomId, Gap gap) {
        List<Long> latest = ordinalsIn(roomId, gap.latest());
        return show(
                roomId,
                server,
                walk.missing(roomId, latest, new HashSet<>(gap.earliest()), gap.limit(), gap.minDepth()));
    }

    private List<Long> ordinalsIn(RoomId roomId, Collection<EventId> eventIds) {
        Map<EventId, FoundEvent> found = findEvents.find(new HashSet<>(eventIds));
        return found.values().stream()
                .filter(event ->
                        event.roomId().equals(roomId) && event.ordinal().isPresent())
                .map(FoundEvent::place)
                .toList();
    }

    private List<JsonObject> show(RoomId roomId, ServerName server, List<FoundEvent> events) {
        Seen seen = requireInRoom(visibility.ask(
                roomId, server, events.stream().map(FoundEvent::eventId).toList()));
        List<JsonObject> shown = new ArrayList<>();
        events.forEach(event -> show(event, seen).ifPresent(shown::add));
        return shown;
    }

    private static Optional<JsonObject> show(FoundEvent event, Seen seen) {
        Sight sight = seen.of(event.eventId());
        if (sight == Sight.DENIED) {
            return Optional.empty();
        }
        JsonObject json = StrictJson.parseObject(event.pdu().canonical());
        return Optional.of(
                sight == Sight.VISIBLE ? json : Redaction.redact(RoomVersions.require(event.roomVersion()), json));
    }

    private static Seen requireInRoom(Seen seen) {
        if (!seen.inRoom()) {
            throw MatrixError.forbidden("Your server is not in the room");
        }
        return seen;
    }

    private static MatrixError notFound() {
        return MatrixError.notFound("Event not found");
    }
}
