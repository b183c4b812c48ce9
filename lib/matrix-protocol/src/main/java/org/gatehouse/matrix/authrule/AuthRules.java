package org.gatehouse.matrix.authrule;

import java.util.Optional;
import java.util.function.Function;
import org.gatehouse.matrix.event.EventTypes;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.identifier.EventId;

/**
 * The "Authorisation rules" of room versions 10, 11 and 12, in their published order. The first rule that decides
 * gives the verdict.
 */
public final class AuthRules {
    private AuthRules() {}

    /**
     * May this event be sent in this state? All rules but those on the event's own {@code auth_events}, which
     * {@link #checkAgainstAuthEvents} adds. Used on receipt (checks 5 and 6) and in state resolution.
     */
    public static AuthVerdict check(Pdu event, AuthState state) {
        RuleNumbers rules = new RuleNumbers(event.roomVersion());
        if (event.type().equals(EventTypes.CREATE)) {
            return CreateRules.check(event, rules);
        }
        Optional<Pdu> create = state.event(AuthSlots.CREATE);
        if (create.isEmpty()) {
            return AuthEventsRules.noCreateEvent(rules);
        }
        if (!AuthEventsRules.roomIdNames(event, create.get(), rules)) {
            return AuthEventsRules.roomIdNamesNoCreateEvent(rules);
        }
        Check check = new Check(event, state, rules, create.get());
        if (GenericRules.isKeptOutByFederation(check)) {
            return rules.deny(rules.federate(), "", "the room does not federate");
        }
        return event.type().equals(EventTypes.MEMBER) ? MemberRules.check(check) : GenericRules.check(check);
    }

    /**
     * Check 4 on receipt: the rules on the event's {@code auth_events} themselves, then {@link #check} in the state
     * that these events make.
     *
     * @param authEvents finds an event by its ID, together with whether it was rejected
     * @throws MissingAuthEvent if an event that is cited, or that a version 12 room ID implies, is not found
     */
    public static AuthVerdict checkAgainstAuthEvents(Pdu event, Function<EventId, Optional<AuthEvent>> authEvents) {
        RuleNumbers rules = new RuleNumbers(event.roomVersion());
        if (event.type().equals(EventTypes.CREATE)) {
            return CreateRules.check(event, rules);
        }
        AuthEventsRules cited = AuthEventsRules.load(event, rules, authEvents);
        return cited.denial().orElseGet(() -> check(event, cited::event));
    }
}
