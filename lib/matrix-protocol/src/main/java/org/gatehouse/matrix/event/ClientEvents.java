package org.gatehouse.matrix.event;

import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.JsonString;

/** The forms in which clients and application services see events (Client-Server API, "Room event format"). */
public final class ClientEvents {

    private ClientEvents() {}

    /**
     * An event in the format of the client-server API, with an empty {@code unsigned}. The target of a redaction stands
     * both at the top level and in the content, whatever the room version, as clients of both ages expect.
     */
    public static JsonObject toClientFormat(Pdu pdu) {
        JsonObject content = pdu.redacts()
                .map(target -> pdu.content().with("redacts", target.value()))
                .orElse(pdu.content());
        JsonObject.Builder event = JsonObject.builder()
                .put("content", content)
                .put("event_id", pdu.eventId().value())
                .put("origin_server_ts", pdu.originServerTs())
                .put("room_id", pdu.roomId().value())
                .put("sender", pdu.sender().value())
                .put("type", pdu.type())
                .put("unsigned", JsonObject.EMPTY);
        pdu.stateKey().ifPresent(key -> event.put("state_key", key));
        pdu.redacts().ifPresent(target -> event.put("redacts", target.value()));
        return event.build();
    }

    /** Stripped state: what a user who is invited or knocks may see of a state event. */
    public static JsonObject stripped(Pdu pdu) {
        return JsonObject.of(
                "content",
                pdu.content(),
                "sender",
                new JsonString(pdu.sender().value()),
                "state_key",
                new JsonString(pdu.stateKey().orElse("")),
                "type",
                new JsonString(pdu.type()));
    }

    /** Stripped state from what another server sent: the four keys and no others. */
    public static JsonObject stripped(JsonObject event) {
        JsonObject.Builder kept = JsonObject.builder();
        for (String key : new String[] {"content", "sender", "state_key", "type"}) {
            kept.putIfPresent(key, event.get(key));
        }
        return kept.build();
    }
}
