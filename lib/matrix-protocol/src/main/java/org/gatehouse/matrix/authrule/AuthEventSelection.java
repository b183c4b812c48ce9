package org.gatehouse.matrix.authrule;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.event.EventTypes;
import org.gatehouse.matrix.event.StateKey;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.matrix.roomversion.RoomVersion;

/** The "auth events selection" of the Server-Server API: the slots of the room state that an event has to cite. */
public final class AuthEventSelection {
    private AuthEventSelection() {}

    /**
     * The slots to cite in {@code auth_events}, each once, in the order of the specification. Empty for the create
     * event. From version 12 the create event is not among them: the room ID implies it.
     *
     * @param content read for memberships only: who is invited by which token, who authorised the join
     */
    public static List<StateKey> keys(
            RoomVersion version, String type, UserId sender, Optional<String> stateKey, JsonObject content) {
        if (type.equals(EventTypes.CREATE)) {
            return List.of();
        }
        Set<StateKey> keys = new LinkedHashSet<>();
        if (!new RuleNumbers(version).createImpliedByRoomId()) {
            keys.add(AuthSlots.CREATE);
        }
        keys.add(AuthSlots.POWER_LEVELS);
        keys.add(AuthSlots.member(sender));
        if (type.equals(EventTypes.MEMBER)) {
            stateKey.ifPresent(target -> addMemberKeys(keys, target, content));
        }
        return List.copyOf(keys);
    }

    private static void addMemberKeys(Set<StateKey> keys, String target, JsonObject content) {
        String membership = content.string("membership").orElse("");
        keys.add(AuthSlots.member(target));
        if (membership.equals("join") || membership.equals("invite") || membership.equals("knock")) {
            keys.add(AuthSlots.JOIN_RULES);
        }
        if (membership.equals("invite")) {
            content.object("third_party_invite")
                    .flatMap(invite -> invite.object("signed"))
                    .flatMap(signed -> signed.string("token"))
                    .ifPresent(token -> keys.add(AuthSlots.thirdPartyInvite(token)));
        }
        if (membership.equals("join")) {
            content.string("join_authorised_via_users_server").ifPresent(user -> keys.add(AuthSlots.member(user)));
        }
    }
}
