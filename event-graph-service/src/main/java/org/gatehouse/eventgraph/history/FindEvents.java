package org.gatehouse.eventgraph.history;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.gatehouse.eventgraph.connect.Events;
import org.gatehouse.eventgraph.room.KnownEvent;
import org.gatehouse.eventgraph.verdict.JudgedEvent;
import org.gatehouse.eventgraph.verdict.Verdicts;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;

/** Finds connected events and outliers by their IDs. Events that wait or were refused are not found. */
class FindEvents {

    private final Events events;
    private final Verdicts verdicts;

    FindEvents(Events events, Verdicts verdicts) {
        this.events = events;
        this.verdicts = verdicts;
    }

    Optional<FoundEvent> find(EventId eventId) {
        return Optional.ofNullable(find(Set.of(eventId)).get(eventId));
    }

    /** Those of the events that are known, in the order asked. */
    Map<EventId, FoundEvent> find(Collection<EventId> eventIds) {
        Map<EventId, KnownEvent> known = events.find(new LinkedHashSet<>(eventIds));
        Map<EventId, FoundEvent> found = new TreeMap<>();
        Set<EventId> outliers = new LinkedHashSet<>();
        Map<RoomId, List<Long>> rooms = new TreeMap<>();
        for (KnownEvent event : known.values()) {
            event.place()
                    .ifPresentOrElse(
                            place -> rooms.computeIfAbsent(event.roomId(), room -> new ArrayList<>())
                                    .add(place.ordinal()),
                            () -> outliers.add(event.eventId()));
        }
        rooms.forEach(
                (roomId, ordinals) -> connected(roomId, ordinals).forEach(event -> found.put(event.eventId(), event)));
        if (!outliers.isEmpty()) {
            events.outliers(outliers).forEach((eventId, outlier) -> found.put(eventId, FoundEvent.of(outlier)));
        }
        Map<EventId, FoundEvent> ordered = new LinkedHashMap<>();
        for (EventId eventId : eventIds) {
            Optional.ofNullable(found.get(eventId)).ifPresent(event -> ordered.put(eventId, event));
        }
        return ordered;
    }

    private List<FoundEvent> connected(RoomId roomId, List<Long> ordinals) {
        Map<Long, JudgedEvent> judged = verdicts.find(roomId, ordinals);
        return events.at(roomId, ordinals).values().stream()
                .map(event -> FoundEvent.of(
                        event, Optional.ofNullable(judged.get(event.placement().ordinal()))))
                .toList();
    }
}
