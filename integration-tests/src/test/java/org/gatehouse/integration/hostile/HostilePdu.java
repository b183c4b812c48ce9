package org.gatehouse.integration.hostile;

import java.util.Optional;
import org.gatehouse.matrix.canonicaljson.CanonicalJson;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.JsonString;
import org.gatehouse.matrix.canonicaljson.JsonValue;
import org.gatehouse.matrix.event.EventHashes;
import org.gatehouse.matrix.event.MalformedEvent;
import org.gatehouse.matrix.event.StoredPdus;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.matrix.roomversion.RoomVersion;
import org.gatehouse.matrix.signing.EventSigning;
import org.gatehouse.testkit.PeerIdentity;
import org.gatehouse.testkit.PeerRoom;

/** A PDU of a case: a good one of the peer, changed before or after it is signed, or in its text. */
final class HostilePdu {

    private final PeerIdentity peer;
    private final PeerRoom room;
    private final UserId sender;
    private final JsonObject spec;
    private final Variables variables;

    private final JsonObject event;

    private HostilePdu(PeerIdentity peer, PeerRoom room, UserId sender, JsonObject spec, Variables variables) {
        this.peer = peer;
        this.room = room;
        this.sender = sender;
        this.spec = spec;
        this.variables = variables;
        JsonObject unsigned = edited(draft(), spec);
        this.event = edited(signed(padded(unsigned)), spec.object("after").orElse(JsonObject.EMPTY));
    }

    static HostilePdu of(PeerIdentity peer, PeerRoom room, UserId sender, JsonObject spec, Variables variables) {
        return new HostilePdu(peer, room, sender, spec, variables);
    }

    /** As it goes over the wire. */
    String text() {
        String text = CanonicalJson.writeString(event);
        for (JsonValue pair : spec.array("replace").orElse(JsonArray.EMPTY).values()) {
            JsonArray both = (JsonArray) pair;
            String from = ((JsonString) both.values().get(0)).value();
            if (!text.contains(from)) {
                throw new IllegalArgumentException("there is no " + from + " in " + text);
            }
            text = text.replace(from, ((JsonString) both.values().get(1)).value());
        }
        return text;
    }

    /** The ID under which an answer speaks of it. */
    Optional<EventId> id() {
        try {
            return Optional.of(EventHashes.eventId(room.version(), event));
        } catch (MalformedEvent none) {
            return Optional.empty();
        }
    }

    /** Lets later events of the peer stand on this one; not twice. */
    void apply() {
        id().filter(id -> room.event(id).isEmpty())
                .ifPresent(id -> room.apply(StoredPdus.of(room.version(), id, event)));
    }

    PeerRoom room() {
        return room;
    }

    private JsonObject draft() {
        String type = variables.in(spec.string("type").orElse("m.room.message"));
        JsonObject content = (JsonObject) variables.in(spec.object("content")
                .orElse(JsonObject.EMPTY.with("msgtype", "m.text").with("body", "hello")));
        return room.draft(sender, type, spec.string("state_key").map(variables::in), content, room.heads())
                .json();
    }

    private JsonObject signed(JsonObject edited) {
        RoomVersion version = room.version();
        return switch (spec.string("signer").orElse("peer")) {
            case "peer" ->
                edited.has("hashes") && spec.bool("keep_hash").orElse(false)
                        ? EventSigning.addSignature(version, edited.without("signatures"), peer.name(), peer.key())
                        : EventSigning.hashAndSign(version, edited, peer.name(), peer.key());
            case "nobody" -> EventHashes.withContentHash(edited.without("signatures"));
            case "as before" -> edited;
            default -> throw new IllegalArgumentException(spec.toString());
        };
    }

    /** As long as {@code size} says, in bytes once it is signed: the body of its content makes up what it lacks. */
    private JsonObject padded(JsonObject unsigned) {
        if (spec.integer("size").isEmpty()) {
            return unsigned;
        }
        long lacks = spec.integer("size").getAsLong() - CanonicalJson.write(signed(unsigned)).length;
        JsonObject content = unsigned.object("content").orElseThrow();
        String body = content.string("body").orElseThrow() + "x".repeat((int) lacks);
        return unsigned.with("content", content.with("body", body));
    }

    private JsonObject edited(JsonObject before, JsonObject edits) {
        JsonObject after = before;
        for (JsonValue path : edits.array("remove").orElse(JsonArray.EMPTY).values()) {
            after = JsonPaths.without(after, ((JsonString) path).value());
        }
        JsonObject set = edits.object("set").orElse(JsonObject.EMPTY);
        for (String path : set.names()) {
            after = JsonPaths.with(after, path, variables.in(set.get(path).orElseThrow()));
        }
        return after;
    }
}
