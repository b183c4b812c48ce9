package org.gatehouse.matrix.authrule;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.gatehouse.matrix.event.EventTypes;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.event.StateKey;
import org.gatehouse.matrix.identifier.EventId;

/**
 * The rules on the {@code auth_events} of an event (2; in version 12: 2, that the room ID names the create event, and
 * 3), and the state that these events make.
 */
final class AuthEventsRules {
    private final Pdu event;
    private final RuleNumbers rules;
    private final List<AuthEvent> cited;
    private final Optional<AuthEvent> impliedCreate;
    private final Map<StateKey, Pdu> state = new TreeMap<>();

    private AuthEventsRules(Pdu event, RuleNumbers rules, List<AuthEvent> cited, Optional<AuthEvent> impliedCreate) {
        this.event = event;
        this.rules = rules;
        this.cited = cited;
        this.impliedCreate = impliedCreate;
        impliedCreate.ifPresent(create -> state.put(AuthSlots.CREATE, create.pdu()));
        cited.forEach(
                authEvent -> authEvent.pdu().stateSlot().ifPresent(slot -> state.putIfAbsent(slot, authEvent.pdu())));
    }

    static AuthEventsRules load(Pdu event, RuleNumbers rules, Function<EventId, Optional<AuthEvent>> authEvents) {
        List<AuthEvent> cited = new ArrayList<>();
        for (EventId id : event.authEvents()) {
            cited.add(authEvents.apply(id).orElseThrow(() -> new MissingAuthEvent(id)));
        }
        Optional<AuthEvent> impliedCreate = Optional.empty();
        Optional<EventId> implied =
                rules.createImpliedByRoomId() ? event.roomId().createEvent() : Optional.empty();
        if (implied.isPresent()) {
            EventId id = implied.get();
            impliedCreate = Optional.of(authEvents.apply(id).orElseThrow(() -> new MissingAuthEvent(id)));
        }
        return new AuthEventsRules(event, rules, cited, impliedCreate);
    }

    static boolean roomIdNames(Pdu event, Pdu create, RuleNumbers rules) {
        return !rules.createImpliedByRoomId()
                || event.roomId().createEvent().filter(create.eventId()::equals).isPresent();
    }

    static AuthVerdict noCreateEvent(RuleNumbers rules) {
        return rules.createImpliedByRoomId()
                ? roomIdNamesNoCreateEvent(rules)
                : rules.deny(rules.authEvents(), ".4", "there is no create event");
    }

    static AuthVerdict roomIdNamesNoCreateEvent(RuleNumbers rules) {
        return rules.deny(rules.roomId(), "", "the room ID is not that of an accepted create event");
    }

    Optional<Pdu> event(StateKey key) {
        return Optional.ofNullable(state.get(key));
    }

    Optional<AuthVerdict> denial() {
        int family = rules.authEvents();
        if (rules.createImpliedByRoomId()
                && impliedCreate.filter(AuthEventsRules::isAcceptedCreate).isEmpty()) {
            return Optional.of(roomIdNamesNoCreateEvent(rules));
        }
        if (hasDuplicates()) {
            return Optional.of(rules.deny(family, ".1", "two auth events stand in one slot"));
        }
        if (hasUnexpected()) {
            return Optional.of(rules.deny(family, ".2", "an auth event is not one that this event has to cite"));
        }
        if (cited.stream().anyMatch(AuthEvent::rejected)) {
            return Optional.of(rules.deny(family, ".3", "an auth event was rejected"));
        }
        if (!state.containsKey(AuthSlots.CREATE)) {
            return Optional.of(noCreateEvent(rules));
        }
        if (cited.stream().anyMatch(authEvent -> !authEvent.pdu().roomId().equals(event.roomId()))) {
            // The fifth rule of versions 10 and 11; version 12 has no rule on a cited create event before it.
            String otherRoom = rules.createImpliedByRoomId() ? ".4" : ".5";
            return Optional.of(rules.deny(family, otherRoom, "an auth event is of another room"));
        }
        return Optional.empty();
    }

    private static boolean isAcceptedCreate(AuthEvent create) {
        return !create.rejected() && create.pdu().type().equals(EventTypes.CREATE);
    }

    private boolean hasDuplicates() {
        TreeSet<StateKey> slots = new TreeSet<>();
        return cited.stream()
                .map(authEvent -> authEvent.pdu().stateSlot())
                .anyMatch(slot -> slot.isPresent() && !slots.add(slot.get()));
    }

    private boolean hasUnexpected() {
        List<StateKey> expected = AuthEventSelection.keys(
                event.roomVersion(), event.type(), event.sender(), event.stateKey(), event.content());
        return cited.stream()
                .anyMatch(authEvent ->
                        authEvent.pdu().stateSlot().filter(expected::contains).isEmpty());
    }
}
