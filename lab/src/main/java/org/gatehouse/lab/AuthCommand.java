package org.gatehouse.lab;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.gatehouse.matrix.authrule.AuthEvent;
import org.gatehouse.matrix.authrule.AuthRules;
import org.gatehouse.matrix.authrule.AuthVerdict;
import org.gatehouse.matrix.authrule.MissingAuthEvent;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.JsonValue;
import org.gatehouse.matrix.event.EventTypes;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.identifier.EventId;

/**
 * Check 4 on receipt: an event against its auth events. An event that cites none is judged as if it cited all that are
 * given, so that rules can be tried without computing IDs.
 */
final class AuthCommand implements Command {

    @Override
    public JsonObject answer(Request request) {
        return Verdicts.json(judge(request)).build();
    }

    @Override
    public boolean canExplain() {
        return true;
    }

    @Override
    public JsonObject explain(Request request) {
        return Verdicts.explained(judge(request)).build();
    }

    private static AuthVerdict judge(Request request) {
        request.requireOnly("room_version", "event", "auth_events", "trusted_ids", "rejected");
        Events events = new Events(request.roomVersion(), request.flag("trusted_ids"));
        Map<EventId, Pdu> given = new LinkedHashMap<>();
        int index = 0;
        for (JsonValue value : request.array("auth_events").values()) {
            Pdu authEvent = events.read("auth_events[" + index++ + "]", value);
            given.put(authEvent.eventId(), authEvent);
        }
        Set<EventId> rejected = Set.copyOf(request.eventIds("rejected"));
        Pdu event = events.read("event", request.value("event"));
        boolean citesNone = event.authEvents().isEmpty() && !event.type().equals(EventTypes.CREATE);
        return judge(citesNone ? events.citing(event, given.values()) : event, given, rejected);
    }

    private static AuthVerdict judge(Pdu event, Map<EventId, Pdu> given, Set<EventId> rejected) {
        for (EventId cited : event.authEvents()) {
            if (!given.containsKey(cited)) {
                throw new LabProblem("auth_events: %s is missing, which the event cites".formatted(cited));
            }
        }
        try {
            return AuthRules.checkAgainstAuthEvents(
                    event,
                    id -> Optional.ofNullable(given.get(id)).map(pdu -> new AuthEvent(pdu, rejected.contains(id))));
        } catch (MissingAuthEvent onlyImpliedByTheRoomId) {
            return AuthRules.check(event, slot -> Optional.empty());
        }
    }
}
