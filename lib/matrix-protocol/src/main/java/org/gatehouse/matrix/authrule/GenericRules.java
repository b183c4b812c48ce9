package org.gatehouse.matrix.authrule;

import java.util.Optional;
import org.gatehouse.matrix.event.EventFacts;
import org.gatehouse.matrix.event.EventTypes;

/** The rules for every event whose type has none of its own: from 5 on in version 11. */
final class GenericRules {
    private GenericRules() {}

    /** The create event may keep the room to its own server. */
    static boolean isKeptOutByFederation(Check check) {
        Optional<Boolean> federate = check.create().content().bool("m.federate");
        return federate.isPresent()
                && !federate.get()
                && !check.event()
                        .sender()
                        .serverName()
                        .equals(check.create().sender().serverName());
    }

    static AuthVerdict check(Check check) {
        EventFacts event = check.event();
        String type = event.type();
        if (!check.senderIsJoined()) {
            return check.deny(Rule.SENDER_JOINED, "the sender is not in the room", check.senderMember());
        }
        if (type.equals(EventTypes.THIRD_PARTY_INVITE)) {
            return check.senderLevel() >= check.powerLevels().invite()
                    ? check.allowByLevels(Rule.THIRD_PARTY_INVITE_LEVEL)
                    : check.denyByLevels(Rule.THIRD_PARTY_INVITE_LEVEL, "the sender may not invite");
        }
        if (check.powerLevels().required(type, event.isState()) > check.senderLevel()) {
            return check.denyByLevels(Rule.REQUIRED_LEVEL, "the sender's power level is too low for this type");
        }
        if (isOfAnotherUser(event, check)) {
            return check.deny(Rule.USER_STATE_KEY, "the state key is another user");
        }
        if (type.equals(EventTypes.POWER_LEVELS)) {
            return PowerLevelsRules.check(check);
        }
        if (type.equals(EventTypes.REDACTION) && check.rules().version().redactionIsAuthorised()) {
            return RedactionRules.check(check);
        }
        return check.allowByLevels(Rule.OTHERWISE, check.senderMember());
    }

    private static boolean isOfAnotherUser(EventFacts event, Check check) {
        return event.isState()
                && check.target().startsWith("@")
                && !check.target().equals(check.sender());
    }
}
