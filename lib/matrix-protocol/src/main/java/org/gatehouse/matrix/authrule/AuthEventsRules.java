package org.gatehouse.matrix.authrule;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.gatehouse.matrix.event.EventFacts;
import org.gatehouse.matrix.event.EventTypes;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.event.StateKey;
import org.gatehouse.matrix.identifier.EventId;

/**
 * The rules on the {@code auth_events} of an event (rule 2 of version 11; in version 12 also that the room ID names the
 * create event), and the state that these events make.
 */
final class AuthEventsRules {
    private final Pdu event;
    private final RuleNumbers rules;
    private final List<AuthEvent> cited;
    private final Optional<AuthEvent> impliedCreate;
    private final Map<StateKey, EventFacts> state = new TreeMap<>();

    private AuthEventsRules(Pdu event, RuleNumbers rules, List<AuthEvent> cited, Optional<AuthEvent> impliedCreate) {
        this.event = event;
        this.rules = rules;
        this.cited = cited;
        this.impliedCreate = impliedCreate;
        impliedCreate.ifPresent(create -> state.put(AuthSlots.CREATE, create.event()));
        cited.forEach(authEvent ->
                authEvent.event().stateSlot().ifPresent(slot -> state.putIfAbsent(slot, authEvent.event())));
    }

    static AuthEventsRules load(Pdu event, RuleNumbers rules, Function<EventId, Optional<AuthEvent>> authEvents) {
        List<AuthEvent> cited = new ArrayList<>();
        for (EventId id : event.authEvents()) {
            cited.add(authEvents.apply(id).orElseThrow(() -> new MissingAuthEvent(id)));
        }
        Optional<AuthEvent> impliedCreate = Optional.empty();
        Optional<EventId> implied = impliedCreateEvent(event);
        if (implied.isPresent()) {
            EventId id = implied.get();
            impliedCreate = Optional.of(authEvents.apply(id).orElseThrow(() -> new MissingAuthEvent(id)));
        }
        return new AuthEventsRules(event, rules, cited, impliedCreate);
    }

    private static Optional<EventId> impliedCreateEvent(EventFacts event) {
        return event.roomVersion().roomIdIsCreateHash() ? event.roomId().createEvent() : Optional.empty();
    }

    /** Whether a create event is that of the event's room, where the room ID can tell. */
    static boolean roomIdNames(EventFacts event, EventFacts create) {
        return !event.roomVersion().roomIdIsCreateHash() || event.roomId().isMadeBy(create.eventId());
    }

    static AuthVerdict noCreateEvent(RuleNumbers rules) {
        return rules.has(Rule.ROOM_ID_NAMES_CREATE)
                ? roomIdNamesNoCreateEvent(rules, List.of())
                : rules.deny(Rule.AUTH_WITHOUT_CREATE, "there is no create event", List.of());
    }

    static AuthVerdict roomIdNamesNoCreateEvent(RuleNumbers rules, List<EventId> create) {
        return rules.deny(Rule.ROOM_ID_NAMES_CREATE, "the room ID is not that of an accepted create event", create);
    }

    static AuthVerdict unexpected(RuleNumbers rules, List<EventId> authEvents) {
        return rules.deny(Rule.AUTH_UNEXPECTED, "an auth event is not one that this event has to cite", authEvents);
    }

    static AuthVerdict ofAnotherRoom(RuleNumbers rules, List<EventId> authEvents) {
        return rules.deny(Rule.AUTH_OF_ANOTHER_ROOM, "an auth event is of another room", authEvents);
    }

    Optional<? extends EventFacts> event(StateKey key) {
        return Optional.ofNullable(state.get(key));
    }

    Optional<AuthVerdict> denial() {
        if (rules.has(Rule.ROOM_ID_NAMES_CREATE)
                && impliedCreate.filter(AuthEventsRules::isAcceptedCreate).isEmpty()) {
            List<EventId> create =
                    impliedCreate.map(found -> List.of(found.event().eventId())).orElse(List.of());
            return Optional.of(roomIdNamesNoCreateEvent(rules, create));
        }
        List<EventId> duplicates = duplicates();
        if (!duplicates.isEmpty()) {
            return Optional.of(rules.deny(Rule.AUTH_DUPLICATE, "two auth events stand in one slot", duplicates));
        }
        List<EventId> unexpected = citedThatAre(isUnexpected());
        if (!unexpected.isEmpty()) {
            return Optional.of(unexpected(rules, unexpected));
        }
        List<EventId> rejected = citedThatAre(AuthEvent::rejected);
        if (!rejected.isEmpty()) {
            return Optional.of(rules.deny(Rule.AUTH_REJECTED, "an auth event was rejected", rejected));
        }
        if (!state.containsKey(AuthSlots.CREATE)) {
            return Optional.of(noCreateEvent(rules));
        }
        List<EventId> strangers =
                citedThatAre(authEvent -> !authEvent.event().roomId().equals(event.roomId()));
        return strangers.isEmpty() ? Optional.empty() : Optional.of(ofAnotherRoom(rules, strangers));
    }

    private static boolean isAcceptedCreate(AuthEvent create) {
        return !create.rejected() && create.event().isState(EventTypes.CREATE);
    }

    /** The first two that stand in one slot, which may be one event cited twice. */
    private List<EventId> duplicates() {
        Map<StateKey, EventId> slots = new TreeMap<>();
        for (AuthEvent authEvent : cited) {
            Optional<StateKey> slot = authEvent.event().stateSlot();
            EventId id = authEvent.event().eventId();
            EventId before = slot.isPresent() ? slots.put(slot.get(), id) : null;
            if (before != null) {
                return List.of(before, id);
            }
        }
        return List.of();
    }

    private Predicate<AuthEvent> isUnexpected() {
        List<StateKey> expected = AuthEventSelection.keys(event);
        return authEvent ->
                authEvent.event().stateSlot().filter(expected::contains).isEmpty();
    }

    private List<EventId> citedThatAre(Predicate<AuthEvent> wrong) {
        return cited.stream()
                .filter(wrong)
                .map(authEvent -> authEvent.event().eventId())
                .toList();
    }
}
