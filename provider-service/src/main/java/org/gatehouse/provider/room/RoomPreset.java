package org.gatehouse.provider.room;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.event.EventTypes;

/** The presets of createRoom. */
enum RoomPreset {
    PRIVATE_CHAT("private_chat", "invite", "can_join", false),
    TRUSTED_PRIVATE_CHAT("trusted_private_chat", "invite", "can_join", true),
    PUBLIC_CHAT("public_chat", "public", "forbidden", false);

    private final String wireName;
    private final String joinRule;
    private final String guestAccess;
    private final boolean inviteesAreEqual;

    RoomPreset(String wireName, String joinRule, String guestAccess, boolean inviteesAreEqual) {
        this.wireName = wireName;
        this.joinRule = joinRule;
        this.guestAccess = guestAccess;
        this.inviteesAreEqual = inviteesAreEqual;
    }

    static Optional<RoomPreset> find(String name) {
        return Arrays.stream(values())
                .filter(preset -> preset.wireName.equals(name))
                .findFirst();
    }

    /** Whether invited users get the power of the creator. */
    boolean inviteesAreEqual() {
        return inviteesAreEqual;
    }

    List<PlannedEvent> events() {
        return List.of(
                PlannedEvent.of(EventTypes.JOIN_RULES, JsonObject.EMPTY.with("join_rule", joinRule)),
                PlannedEvent.of(EventTypes.HISTORY_VISIBILITY, JsonObject.EMPTY.with("history_visibility", "shared")),
                PlannedEvent.of("m.room.guest_access", JsonObject.EMPTY.with("guest_access", guestAccess)));
    }
}
