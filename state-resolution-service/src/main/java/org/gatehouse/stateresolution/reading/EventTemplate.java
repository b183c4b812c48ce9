package org.gatehouse.stateresolution.reading;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.gatehouse.matrix.authrule.AuthEventSelection;
import org.gatehouse.matrix.authrule.AuthRules;
import org.gatehouse.matrix.authrule.AuthVerdict;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.event.EventDraft;
import org.gatehouse.matrix.event.EventHashes;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.event.StoredPdus;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.matrix.roomversion.RoomVersion;
import org.gatehouse.matrix.stateres.StateMap;
import org.gatehouse.runtime.http.MatrixError;
import org.gatehouse.stateresolution.judgement.PolicyCheck;
import org.gatehouse.stateresolution.room.Extremity;
import org.gatehouse.stateresolution.room.Room;

/** Where a new event would go: its parents, auth events and depth, and whether the room allows it now. */
final class EventTemplate {

    private static final int MAX_PARENTS = 20;

    private EventTemplate() {}

    /** @param wish sender, type, content, and state_key of a state event */
    static JsonObject of(Room room, JsonObject wish) {
        UserId sender = wish.string("sender")
                .flatMap(UserId::tryParse)
                .orElseThrow(() -> MatrixError.invalidParam("sender is no user ID"));
        String type = wish.string("type").orElseThrow(() -> MatrixError.missingParam("type is missing"));
        JsonObject content = wish.object("content").orElse(JsonObject.EMPTY);
        Optional<String> stateKey = wish.string("state_key");
        StateMap current = room.currentState();
        List<Extremity> parents = parents(room);
        List<EventId> authEvents = AuthEventSelection.keys(room.version(), type, sender, stateKey, content).stream()
                .flatMap(key -> current.get(key).stream())
                .toList();
        EventDraft.Builder draft = EventDraft.builder(room.version(), sender, type)
                .roomId(room.id())
                .content(content)
                .prevEvents(parents.stream().map(Extremity::eventId).toList())
                .authEvents(authEvents)
                .depth(depthOn(parents, room.version()));
        stateKey.ifPresent(draft::stateKey);
        EventDraft event = draft.build();
        return answer(room, event, AuthRules.check(unsigned(event), room.authState(current)));
    }

    /** All heads; if there are too many, the deepest. */
    private static List<Extremity> parents(Room room) {
        return room.head().extremities().stream()
                .sorted(Comparator.comparingLong(Extremity::depth).reversed().thenComparing(Extremity::eventId))
                .limit(MAX_PARENTS)
                .toList();
    }

    private static long depthOn(List<Extremity> parents, RoomVersion version) {
        long deepest = parents.stream().mapToLong(Extremity::depth).max().orElse(0);
        return Math.min(deepest, version.maxDepth() - 1) + 1;
    }

    private static Pdu unsigned(EventDraft draft) {
        return StoredPdus.of(draft.roomVersion(), EventHashes.withContentHash(draft.toJson()));
    }

    private static JsonObject answer(Room room, EventDraft event, AuthVerdict verdict) {
        JsonObject.Builder answer = JsonObject.builder()
                .put("room_version", room.version().id())
                .put("prev_events", ids(event.prevEvents()))
                .put("auth_events", ids(event.authEvents()))
                .put("depth", event.depth())
                .put("allowed", verdict.isAllowed());
        if (verdict instanceof AuthVerdict.Denied denied) {
            answer.put("rule", denied.rule()).put("reason", denied.reason());
        }
        PolicyCheck.policyServer(room, room.currentState())
                .ifPresent(policy -> answer.put(
                        "policy_server",
                        JsonObject.EMPTY.with("via", policy.via().value()).with("ed25519", policy.ed25519())));
        return answer.build();
    }

    private static JsonArray ids(List<EventId> eventIds) {
        return JsonArray.ofStrings(eventIds.stream().map(EventId::value).toList());
    }
}
