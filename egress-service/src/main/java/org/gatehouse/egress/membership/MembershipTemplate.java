package org.gatehouse.egress.membership;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.event.EventReferences;
import org.gatehouse.matrix.event.EventSizes;
import org.gatehouse.matrix.event.EventTypes;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.matrix.roomversion.RoomVersion;
import org.gatehouse.matrix.roomversion.RoomVersions;

/**
 * Reads the answer to make_join, make_leave or make_knock. The resident server says where in the graph the event goes
 * and, for a restricted join, who authorises it; every other field has to be what was asked for, and only fields that
 * an event of this kind needs are handed on (CVE-2026-24471: whoever signs a template signs whatever a stranger wants).
 */
final class MembershipTemplate {

    private static final String AUTHORISER = "join_authorised_via_users_server";
    private static final Set<String> KNOWN_CONTENT =
            Set.of("membership", AUTHORISER, "displayname", "avatar_url", "reason", "is_direct");

    private final Wish wish;

    /**
     * What was asked for.
     *
     * @param roomVersions the versions that may come back; empty leaves it to the server
     */
    record Wish(
            ServerName destination,
            ServerName origin,
            RoomId roomId,
            UserId userId,
            String membership,
            List<String> roomVersions) {
        Wish {
            roomVersions = List.copyOf(roomVersions);
        }
    }

    private MembershipTemplate(Wish wish) {
        this.wish = wish;
    }

    /**
     * {@code {room_version, event}}, the event with nothing in it that was not checked.
     *
     * @throws HostileAnswer if the template is not what was asked for
     */
    static JsonObject read(Wish wish, JsonObject answer) {
        return new MembershipTemplate(wish).read(answer);
    }

    private JsonObject read(JsonObject answer) {
        require(answer.defect().isEmpty(), "defective JSON");
        RoomVersion version = version(answer);
        JsonObject event = answer.object("event").orElseThrow(() -> new HostileAnswer("no event"));
        requireText(event, "type", EventTypes.MEMBER);
        requireText(event, "room_id", wish.roomId().toString());
        requireText(event, "sender", wish.userId().toString());
        requireText(event, "state_key", wish.userId().toString());
        require(version.accepts(wish.roomId()), "a room version that does not have such room IDs");
        return JsonObject.builder()
                .put("room_version", version.id())
                .put(
                        "event",
                        JsonObject.builder()
                                .put("type", EventTypes.MEMBER)
                                .put("room_id", wish.roomId().toString())
                                .put("sender", wish.userId().toString())
                                .put("state_key", wish.userId().toString())
                                .put("content", content(event))
                                .put(
                                        "prev_events",
                                        references(version, event, "prev_events", EventSizes.MAX_PREV_EVENTS))
                                .put(
                                        "auth_events",
                                        references(version, event, "auth_events", EventSizes.MAX_AUTH_EVENTS))
                                .put("depth", depth(event, version))
                                .build())
                .build();
    }

    private RoomVersion version(JsonObject answer) {
        require(
                !answer.has("room_version") || answer.string("room_version").isPresent(),
                "a room version that is no text");
        String id = answer.string("room_version").orElse("1");
        boolean wanted = wish.roomVersions().isEmpty() || wish.roomVersions().contains(id);
        Optional<RoomVersion> version = RoomVersions.findSupported(id);
        require(wanted && version.isPresent(), "a room version that was not asked for");
        return version.orElseThrow();
    }

    private JsonObject content(JsonObject event) {
        JsonObject content = event.object("content").orElseThrow(() -> new HostileAnswer("no content"));
        requireText(content, "membership", wish.membership());
        require(KNOWN_CONTENT.containsAll(content.names()), "content that nobody asked for");
        JsonObject kept =
                JsonObject.builder().put("membership", wish.membership()).build();
        if (!content.has(AUTHORISER)) {
            return kept;
        }
        Optional<UserId> authoriser = content.string(AUTHORISER).flatMap(UserId::tryParse);
        boolean theirs = authoriser.isPresent()
                && wish.membership().equals("join")
                && authoriser.get().serverName().equals(wish.destination());
        require(theirs, "an authoriser who is not of the server");
        return kept.with(AUTHORISER, authoriser.orElseThrow().toString());
    }

    /** The IDs alone, in every room version. */
    private static JsonArray references(RoomVersion version, JsonObject event, String field, int most) {
        JsonArray array = event.array(field).orElseThrow(() -> new HostileAnswer("no " + field));
        require(array.size() <= most, "too many " + field);
        List<EventId> ids = EventReferences.read(version, event, field)
                .orElseThrow(() -> new HostileAnswer(field + " that are no event IDs"));
        require(ids.stream().distinct().count() == ids.size(), field + " that repeat");
        require(!ids.isEmpty(), "no " + field);
        return JsonArray.ofStrings(ids.stream().map(EventId::value).toList());
    }

    private static long depth(JsonObject event, RoomVersion version) {
        OptionalLong depth = event.integer("depth");
        require(depth.isPresent() && depth.getAsLong() >= 0 && depth.getAsLong() <= version.maxDepth(), "no depth");
        return depth.orElseThrow();
    }

    private static void requireText(JsonObject object, String field, String expected) {
        require(object.string(field).equals(Optional.of(expected)), "another " + field);
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new HostileAnswer(otherwise);
        }
    }
}
