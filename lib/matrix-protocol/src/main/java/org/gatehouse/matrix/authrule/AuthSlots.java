package org.gatehouse.matrix.authrule;

import org.gatehouse.matrix.event.EventTypes;
import org.gatehouse.matrix.event.StateKey;
import org.gatehouse.matrix.identifier.UserId;

/** The slots of room state that affect authorisation. */
public final class AuthSlots {
    public static final StateKey CREATE = StateKey.of(EventTypes.CREATE);
    public static final StateKey JOIN_RULES = StateKey.of(EventTypes.JOIN_RULES);
    public static final StateKey POWER_LEVELS = StateKey.of(EventTypes.POWER_LEVELS);

    private AuthSlots() {}

    public static StateKey member(UserId user) {
        return member(user.value());
    }

    public static StateKey thirdPartyInvite(String token) {
        return new StateKey(EventTypes.THIRD_PARTY_INVITE, token);
    }

    static StateKey member(String user) {
        return new StateKey(EventTypes.MEMBER, user);
    }
}
