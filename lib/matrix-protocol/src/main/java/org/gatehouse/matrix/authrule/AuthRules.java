package org.gatehouse.matrix.authrule;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.gatehouse.matrix.event.EventFacts;
import org.gatehouse.matrix.event.EventSizes;
import org.gatehouse.matrix.event.EventTypes;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.identifier.EventId;

/**
 * The "Authorisation rules" of every room version, in their published order. The first rule that decides gives the
 * verdict.
 *
 * <p>A check reads the few members of the event and of the state events that its rules mention, each by a search in an
 * object that was parsed when the event was: no JSON is parsed again and nothing is kept between checks, so that a
 * caller with many checks has nothing to prepare. What a check costs is mostly the state's answers, of which it asks
 * two to five; {@link AuthState} lets a caller answer them without looking a slot up.
 */
public final class AuthRules {
    private AuthRules() {}

    /**
     * May this event be sent in this state? All rules but those on the event's own {@code auth_events}, which
     * {@link #checkAgainstAuthEvents} adds. Used on receipt (checks 5 and 6) and in state resolution.
     */
    public static AuthVerdict check(EventFacts event, AuthState state) {
        RuleNumbers rules = RuleNumbers.of(event.roomVersion());
        if (event.type().equals(EventTypes.CREATE)) {
            return CreateRules.check(event, rules);
        }
        Optional<? extends EventFacts> create = state.create();
        if (create.isEmpty()) {
            return AuthEventsRules.noCreateEvent(rules);
        }
        if (!AuthEventsRules.roomIdNames(event, create.get())) {
            return AuthEventsRules.roomIdNamesNoCreateEvent(
                    rules, List.of(create.get().eventId()));
        }
        Check check = new Check(event, state, rules, create.get());
        if (GenericRules.isKeptOutByFederation(check)) {
            return check.deny(Rule.FEDERATE, "the room does not federate", create);
        }
        return switch (event.type()) {
            case EventTypes.MEMBER -> MemberRules.check(check);
            case AliasesRules.ALIASES ->
                event.roomVersion().aliasesRule() ? AliasesRules.check(check) : GenericRules.check(check);
            default -> GenericRules.check(check);
        };
    }

    /**
     * Check 4 on receipt: the rules on the event's {@code auth_events} themselves, then {@link #check} in the state
     * that these events make. Before them, the size limits of those fields whose excess does not drop an event before
     * room version 11 (Client-Server API, "Size limits").
     *
     * @param authEvents finds an event by its ID, together with whether it was rejected
     * @throws MissingAuthEvent if an event that is cited, or that a version 12 room ID implies, is not found
     */
    public static AuthVerdict checkAgainstAuthEvents(Pdu event, Function<EventId, Optional<AuthEvent>> authEvents) {
        RuleNumbers rules = RuleNumbers.of(event.roomVersion());
        if (!EventSizes.slotFits(event.type(), event.stateKey())) {
            return rules.denySize();
        }
        if (event.type().equals(EventTypes.CREATE)) {
            return CreateRules.check(event, rules);
        }
        AuthEventsRules cited = AuthEventsRules.load(event, rules, authEvents);
        return cited.denial().orElseGet(() -> check(event, cited::event));
    }

    /** The verdict on an event that cites this one, which cannot be an auth event of it: no state event, say. */
    public static AuthVerdict citesUnexpected(Pdu event, EventId authEvent) {
        return AuthEventsRules.unexpected(RuleNumbers.of(event.roomVersion()), List.of(authEvent));
    }

    /** The verdict on an event that cites this one, which is of another room. */
    public static AuthVerdict citesAnotherRoom(Pdu event, EventId authEvent) {
        return AuthEventsRules.ofAnotherRoom(RuleNumbers.of(event.roomVersion()), List.of(authEvent));
    }
}
