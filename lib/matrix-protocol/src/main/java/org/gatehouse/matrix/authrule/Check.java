package org.gatehouse.matrix.authrule;

import java.util.Optional;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.event.Pdu;

/** One event held against one state: what the rule families ask, in the words of the rules. */
final class Check {
    private final Pdu event;
    private final AuthState state;
    private final RuleNumbers rules;
    private final Pdu create;
    private final PowerLevels powerLevels;
    private final Optional<Pdu> powerLevelsEvent;

    Check(Pdu event, AuthState state, RuleNumbers rules, Pdu create) {
        this.event = event;
        this.state = state;
        this.rules = rules;
        this.create = create;
        this.powerLevelsEvent = state.event(AuthSlots.POWER_LEVELS);
        this.powerLevels = PowerLevels.of(event.roomVersion(), create, powerLevelsEvent);
    }

    Pdu event() {
        return event;
    }

    JsonObject content() {
        return event.content();
    }

    String sender() {
        return event.sender().value();
    }

    RuleNumbers rules() {
        return rules;
    }

    Pdu create() {
        return create;
    }

    Optional<Pdu> powerLevelsEvent() {
        return powerLevelsEvent;
    }

    PowerLevels powerLevels() {
        return powerLevels;
    }

    long senderLevel() {
        return powerLevels.userLevel(event.sender());
    }

    /** The current membership of a user; {@code leave} for one who never was in the room. */
    String membership(String user) {
        return state.event(AuthSlots.member(user))
                .map(member -> member.content().string("membership").orElse(""))
                .orElse("leave");
    }

    /** The current join rule; {@code invite} if the room has none, and an empty word if it is no string. */
    String joinRule() {
        return state.event(AuthSlots.JOIN_RULES)
                .filter(joinRules -> joinRules.content().has("join_rule"))
                .map(joinRules -> joinRules.content().string("join_rule").orElse(""))
                .orElse("invite");
    }

    Optional<Pdu> thirdPartyInvite(String token) {
        return state.event(AuthSlots.thirdPartyInvite(token));
    }
}
