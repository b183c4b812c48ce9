package org.gatehouse.provider.sync;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.event.StateKey;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.provider.delivery.RoomStates;
import org.gatehouse.provider.delivery.TimelineEntry;

/** The state that a sync shows beside a timeline: what the client cannot learn from the timeline itself. */
@ApplicationScoped
class StateSection {

    private final RoomStates states;

    StateSection(RoomStates states) {
        this.states = states;
    }

    /** The current state without what the timeline shows. */
    List<Pdu> whole(RoomId roomId, TimelineWindow window) {
        Set<EventId> shown = shown(window);
        return states.all(roomId).stream()
                .filter(event -> !shown.contains(event.eventId()))
                .toList();
    }

    /** State changes among the skipped events, and those that resolutions brought in, by their newest. */
    List<Pdu> missed(TimelineWindow window) {
        Map<StateKey, Pdu> changes = new LinkedHashMap<>();
        for (TimelineEntry entry : window.skipped()) {
            if (entry.inState()) {
                put(changes, entry.event());
            }
            entry.mergedEvents().forEach(event -> put(changes, event));
        }
        window.shown().forEach(entry -> entry.mergedEvents().forEach(event -> put(changes, event)));
        Set<EventId> shown = shown(window);
        List<Pdu> missed = new ArrayList<>(changes.values());
        missed.removeIf(event -> shown.contains(event.eventId()));
        return missed;
    }

    private static void put(Map<StateKey, Pdu> changes, Pdu event) {
        event.stateSlot().ifPresent(slot -> {
            changes.remove(slot);
            changes.put(slot, event);
        });
    }

    private static Set<EventId> shown(TimelineWindow window) {
        Set<EventId> shown = new HashSet<>();
        window.shown().forEach(entry -> shown.add(entry.eventId()));
        return shown;
    }
}
