package org.gatehouse.matrix.authrule;

import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.event.EventTypes;
import org.gatehouse.matrix.event.Pdu;

/** The rules for every event that is neither a create event nor a membership. */
final class GenericRules {
    private GenericRules() {}

    /** The create event may keep the room to its own server. */
    static boolean isKeptOutByFederation(Check check) {
        JsonObject create = check.create().content();
        return create.bool("m.federate").filter(federate -> !federate).isPresent()
                && !check.event()
                        .sender()
                        .serverName()
                        .equals(check.create().sender().serverName());
    }

    static AuthVerdict check(Check check) {
        RuleNumbers rules = check.rules();
        Pdu event = check.event();
        if (!check.membership(check.sender()).equals("join")) {
            return rules.deny(rules.joined(), "", "the sender is not in the room");
        }
        if (event.type().equals(EventTypes.THIRD_PARTY_INVITE)) {
            return check.senderLevel() >= check.powerLevels().invite()
                    ? rules.allow(rules.thirdPartyInvite(), ".1")
                    : rules.deny(rules.thirdPartyInvite(), ".1", "the sender may not invite");
        }
        if (check.powerLevels().required(event.type(), event.isState()) > check.senderLevel()) {
            return rules.deny(rules.requiredLevel(), "", "the sender's power level is too low for this type");
        }
        if (event.stateKey()
                .filter(key -> key.startsWith("@") && !key.equals(check.sender()))
                .isPresent()) {
            return rules.deny(rules.userStateKey(), "", "the state key is another user");
        }
        if (event.type().equals(EventTypes.POWER_LEVELS)) {
            return PowerLevelsRules.check(check);
        }
        return rules.allow(rules.otherwise(), "");
    }
}
