package org.gatehouse.lab;

import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.JsonString;
import org.gatehouse.matrix.event.EventHashes;
import org.gatehouse.matrix.event.MalformedEvent;

/** The ID of an event: computed, or in room versions 1 and 2 read. */
final class EventIdCommand implements Command {

    @Override
    public JsonObject answer(Request request) {
        request.requireOnly("room_version", "event");
        try {
            String id = EventHashes.eventId(request.roomVersion(), request.object("event"))
                    .value();
            return JsonObject.of("event_id", new JsonString(id));
        } catch (MalformedEvent e) {
            throw Events.malformed("event", e);
        }
    }
}
