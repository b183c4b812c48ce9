package org.gatehouse.lab;

import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.event.Redaction;

/** What redaction leaves of an event. */
final class RedactCommand implements Command {

    @Override
    public JsonObject answer(Request request) {
        request.requireOnly("room_version", "event");
        return JsonObject.of("event", Redaction.redact(request.roomVersion(), request.object("event")));
    }
}
