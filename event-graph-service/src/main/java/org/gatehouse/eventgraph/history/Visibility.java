package org.gatehouse.eventgraph.history;

import java.util.Collection;
import java.util.Map;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.ServerName;

/** What a server may see of a room: the judge knows. */
interface Visibility {

    /** How much of an event is shown. */
    enum Sight {
        VISIBLE,
        REDACTED,
        DENIED
    }

    /**
     * The judge's answer.
     *
     * @param inRoom false also if the judge does not know the room
     * @param events what is not in it is denied
     */
    record Seen(boolean inRoom, Map<EventId, Sight> events) {

        Sight of(EventId eventId) {
            return events.getOrDefault(eventId, Sight.DENIED);
        }
    }

    Seen ask(RoomId roomId, ServerName server, Collection<EventId> eventIds);
}
