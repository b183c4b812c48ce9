package org.gatehouse.provider.handshake;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.event.EventDraft;
import org.gatehouse.matrix.event.EventSizes;
import org.gatehouse.matrix.event.EventTypes;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.matrix.roomversion.RoomVersion;
import org.gatehouse.matrix.roomversion.RoomVersions;

/**
 * Builds our membership event on another server's template (Server-Server API, "Joining Rooms"). The template is
 * material, not a form to sign: only the place in the graph and one field of a restricted join are taken from it, and
 * a template that is for anything but what was asked ends the handshake.
 */
final class MembershipTemplate {

    private static final String AUTHORISED_VIA = "join_authorised_via_users_server";
    private static final Set<String> CONTENT = Set.of("membership", AUTHORISED_VIA);

    private final RoomId roomId;
    private final UserId userId;
    private final String membership;

    MembershipTemplate(RoomId roomId, UserId userId, String membership) {
        this.roomId = roomId;
        this.userId = userId;
        this.membership = membership;
    }

    /**
     * Our own event.
     *
     * @param reason why the user does it, if it says
     * @throws UnfitTemplate if the template is for something else, or cannot be built on
     */
    EventDraft build(RawTemplate template, Optional<String> reason, long now) {
        RoomVersion version = RoomVersions.findSupported(template.roomVersion())
                .orElseThrow(() -> new UnfitTemplate("room version " + template.roomVersion()));
        if (!version.accepts(roomId)) {
            throw new UnfitTemplate("a room ID of another form than its version's");
        }
        JsonObject event = template.event();
        require(event, "type", EventTypes.MEMBER);
        require(event, "room_id", roomId.value());
        require(event, "sender", userId.value());
        require(event, "state_key", userId.value());
        JsonObject content = event.object("content").orElseThrow(() -> new UnfitTemplate("no content"));
        return EventDraft.builder(version, userId, EventTypes.MEMBER)
                .roomId(roomId)
                .stateKey(userId.value())
                .content(content(content, reason))
                .prevEvents(eventIds(event, "prev_events", EventSizes.MAX_PREV_EVENTS))
                .authEvents(eventIds(event, "auth_events", EventSizes.MAX_AUTH_EVENTS))
                .depth(depth(event, version))
                .originServerTs(now)
                .build();
    }

    private JsonObject content(JsonObject content, Optional<String> reason) {
        require(content, "membership", membership);
        if (!CONTENT.containsAll(content.names())) {
            throw new UnfitTemplate("unasked content");
        }
        JsonObject ours = JsonObject.EMPTY.with("membership", membership);
        Optional<String> via = authorisedVia(content);
        if (via.isPresent()) {
            ours = ours.with(AUTHORISED_VIA, via.get());
        }
        return reason.isPresent() ? ours.with("reason", reason.get()) : ours;
    }

    private Optional<String> authorisedVia(JsonObject content) {
        if (!content.has(AUTHORISED_VIA)) {
            return Optional.empty();
        }
        Optional<String> via = content.string(AUTHORISED_VIA)
                .filter(text -> UserId.tryParse(text).isPresent());
        if (via.isEmpty() || !membership.equals("join")) {
            throw new UnfitTemplate("a bad " + AUTHORISED_VIA);
        }
        return via;
    }

    private static void require(JsonObject json, String field, String expected) {
        if (!json.string(field).filter(expected::equals).isPresent()) {
            throw new UnfitTemplate("another " + field + " than asked for");
        }
    }

    private static List<EventId> eventIds(JsonObject event, String field, int limit) {
        JsonArray array = event.array(field).orElseThrow(() -> new UnfitTemplate("no " + field));
        if (array.size() > limit || array.strings().size() != array.size()) {
            throw new UnfitTemplate("bad " + field);
        }
        List<EventId> ids = new ArrayList<>();
        for (String text : array.strings()) {
            ids.add(EventId.tryParse(text).orElseThrow(() -> new UnfitTemplate("bad " + field)));
        }
        return ids;
    }

    private static long depth(JsonObject event, RoomVersion version) {
        long depth = event.integer("depth").orElse(-1);
        if (depth < 0 || depth > version.maxDepth()) {
            throw new UnfitTemplate("a bad depth");
        }
        return depth;
    }
}
