package org.gatehouse.provider.sync;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.event.ClientEvents;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.provider.delivery.InviteState;
import org.gatehouse.provider.delivery.Membership;
import org.gatehouse.provider.delivery.TimelineHead;
import org.gatehouse.provider.delivery.Timelines;

/** What a sync says of one room. */
@ApplicationScoped
class RoomSections {

    private final Timelines timelines;
    private final StateSection state;
    private final InviteState inviteState;

    RoomSections(Timelines timelines, StateSection state, InviteState inviteState) {
        this.timelines = timelines;
        this.state = state;
        this.inviteState = inviteState;
    }

    /** Empty if there is nothing new. */
    Optional<JsonObject> of(Membership membership, SyncSpan span) {
        return switch (membership.kind()) {
            case Membership.JOIN -> joined(membership, span);
            case Membership.INVITE -> news(membership, span).map(m -> stripped("invite_state", m));
            case Membership.KNOCK -> news(membership, span).map(m -> stripped("knock_state", m));
            default -> span.incremental() ? news(membership, span).map(m -> left(m, span)) : Optional.empty();
        };
    }

    private static Optional<Membership> news(Membership membership, SyncSpan span) {
        return span.covers(membership.place().offset()) ? Optional.of(membership) : Optional.empty();
    }

    private Optional<JsonObject> joined(Membership membership, SyncSpan span) {
        boolean isNew = membership.since() > span.after();
        if (!isNew && !span.fullState() && !hasNews(membership.roomId(), span)) {
            return Optional.empty();
        }
        long after = isNew ? -1 : span.after();
        TimelineWindow window = window(membership, after, span);
        List<Pdu> before = isNew || span.fullState() || !window.complete()
                ? state.whole(membership.roomId(), window)
                : state.missed(window);
        if (window.shown().isEmpty() && before.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(JsonObject.builder()
                .put("state", events(before))
                .put("timeline", timeline(membership.roomId(), window))
                .put(
                        "unread_notifications",
                        JsonObject.EMPTY.with("highlight_count", 0).with("notification_count", 0))
                .build());
    }

    private boolean hasNews(RoomId roomId, SyncSpan span) {
        return timelines
                .head(roomId)
                .filter(head -> head.offset() > span.after())
                .isPresent();
    }

    /** Who was only invited sees no more than the end of it. */
    private JsonObject left(Membership membership, SyncSpan span) {
        if (!membership.wasJoined()) {
            JsonObject end = ClientEvents.toClientFormat(membership.event());
            return JsonObject.builder()
                    .put("state", events(List.of()))
                    .put("timeline", JsonObject.of("events", JsonArray.of(end)).with("limited", false))
                    .build();
        }
        TimelineWindow window = window(membership, span.after(), span);
        return JsonObject.builder()
                .put("state", events(window.complete() ? state.missed(window) : List.of()))
                .put("timeline", timeline(membership.roomId(), window))
                .build();
    }

    private TimelineWindow window(Membership membership, long after, SyncSpan span) {
        TimelineWindow.Bounds bounds = new TimelineWindow.Bounds(after, span.upTo(), span.timelineLimit());
        return TimelineWindow.read(timelines, membership.roomId(), bounds, new TimelineVisibility(membership));
    }

    private JsonObject timeline(RoomId roomId, TimelineWindow window) {
        JsonArray events = JsonArray.of(window.shown().stream()
                .map(entry -> ClientEvents.toClientFormat(entry.event()))
                .toList());
        return JsonObject.builder()
                .put("events", events)
                .put("limited", window.limited())
                .put("prev_batch", new TimelineToken(begin(roomId, window)).toString())
                .build();
    }

    private long begin(RoomId roomId, TimelineWindow window) {
        return window.shown().isEmpty()
                ? timelines.head(roomId).map(TimelineHead::newest).orElse(0L) + 1
                : window.shown().get(0).ordinal();
    }

    private JsonObject stripped(String name, Membership membership) {
        List<JsonObject> shown = membership.outOfBand()
                ? membership.strippedState()
                : inviteState.events(membership.roomId(), membership.event().sender()).stream()
                        .map(ClientEvents::stripped)
                        .toList();
        List<JsonObject> whole = new java.util.ArrayList<>(shown);
        JsonObject own = ClientEvents.stripped(membership.event());
        if (!whole.contains(own)) {
            whole.add(own);
        }
        return JsonObject.of(name, JsonObject.of("events", JsonArray.of(whole)));
    }

    private static JsonObject events(List<Pdu> events) {
        return JsonObject.of(
                "events",
                JsonArray.of(events.stream().map(ClientEvents::toClientFormat).toList()));
    }
}
