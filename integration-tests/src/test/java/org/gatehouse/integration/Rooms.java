package org.gatehouse.integration;

import java.time.Duration;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.JsonString;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.testkit.ClientUser;
import org.gatehouse.testkit.FederationPeer;

/** What several tests do with rooms. */
public final class Rooms {

    public static final Duration PATIENCE = Duration.ofSeconds(30);

    private Rooms() {}

    /** A room that anyone may join. */
    public static RoomId publicRoom(ClientUser owner, String version) {
        return owner.createRoom(JsonObject.EMPTY.with("room_version", version).with("preset", "public_chat"));
    }

    /** A room by invitation, in which the invited user may change the topic. */
    public static RoomId privateRoom(ClientUser owner, UserId invited, String version) {
        JsonObject users = JsonObject.EMPTY.with(invited.toString(), 50);
        if (!version.equals("12")) {
            users = users.with(owner.id().toString(), 100);
        }
        return owner.createRoom(JsonObject.EMPTY
                .with("room_version", version)
                .with("preset", "private_chat")
                .with("invite", JsonArray.of(new JsonString(invited.toString())))
                .with("power_level_content_override", JsonObject.EMPTY.with("users", users)));
    }

    public static JsonObject topic(String text) {
        return JsonObject.EMPTY.with("topic", text);
    }

    public static EventId eventId(ClientUser.Answer answer) {
        return new EventId(answer.ok().string("event_id").orElseThrow());
    }

    /** The IDs of the events of a type that a user sees in a room, in their order; pages back to the beginning. */
    public static List<EventId> timelineOf(ClientUser user, RoomId room, String type) {
        return user.timeline(room).stream()
                .filter(event -> event.string("type").filter(type::equals).isPresent())
                .map(event -> new EventId(event.string("event_id").orElseThrow()))
                .toList();
    }

    /** The answer to /state_ids at an event: state and auth chain, sorted. */
    public static StateIds stateIds(FederationPeer asking, ServerName server, RoomId room, EventId at) {
        FederationPeer.Answer answer = asking.get(
                server,
                "/_matrix/federation/v1/state_ids/" + FederationPeer.encode(room.toString()) + "?event_id="
                        + FederationPeer.encode(at.toString()));
        if (answer.status() != 200) {
            throw new AssertionError(server + " answered " + answer.status() + " " + answer.body());
        }
        return new StateIds(sorted(answer, "pdu_ids"), sorted(answer, "auth_chain_ids"));
    }

    private static SortedSet<String> sorted(FederationPeer.Answer answer, String name) {
        return new TreeSet<>(answer.object().array(name).map(JsonArray::strings).orElseThrow());
    }

    public record StateIds(SortedSet<String> state, SortedSet<String> authChain) {}
}
