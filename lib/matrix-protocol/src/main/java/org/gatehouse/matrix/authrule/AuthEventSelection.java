package org.gatehouse.matrix.authrule;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.event.EventTypes;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.event.StateKey;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.matrix.roomversion.RoomVersion;

/** The "auth events selection" of the Server-Server API: the slots of the room state that an event has to cite. */
public final class AuthEventSelection {
    private AuthEventSelection() {}

    /** What an event that is there has to cite. */
    public static List<StateKey> keys(Pdu event) {
        return keys(event.roomVersion(), event.type(), event.sender(), event.stateKey(), event.content());
    }

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
        List<StateKey> keys = new ArrayList<>(6);
        if (!version.roomIdIsCreateHash()) {
            keys.add(AuthSlots.CREATE);
        }
        keys.add(AuthSlots.POWER_LEVELS);
        keys.add(AuthSlots.member(sender));
        if (type.equals(EventTypes.MEMBER)) {
            stateKey.ifPresent(target -> addMemberKeys(keys, version, target, content));
        }
        return Collections.unmodifiableList(keys);
    }

    private static void addMemberKeys(List<StateKey> keys, RoomVersion version, String target, JsonObject content) {
        String membership = content.string("membership").orElse("");
        addOnce(keys, AuthSlots.member(target));
        if (membership.equals("join") || membership.equals("invite") || membership.equals("knock")) {
            keys.add(AuthSlots.JOIN_RULES);
        }
        if (membership.equals("invite")) {
            content.object("third_party_invite")
                    .flatMap(invite -> invite.object("signed"))
                    .flatMap(signed -> signed.string("token"))
                    .ifPresent(token -> keys.add(AuthSlots.thirdPartyInvite(token)));
        }
        if (membership.equals("join") && version.restrictedJoins()) {
            content.string(MemberRules.AUTHORISED_VIA).ifPresent(user -> addOnce(keys, AuthSlots.member(user)));
        }
    }

    private static void addOnce(List<StateKey> keys, StateKey key) {
        if (!keys.contains(key)) {
            keys.add(key);
        }
    }
}
