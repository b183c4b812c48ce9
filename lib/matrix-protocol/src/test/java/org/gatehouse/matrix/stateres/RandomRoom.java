package org.gatehouse.matrix.stateres;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.gatehouse.matrix.authrule.AuthEventSelection;
import org.gatehouse.matrix.authrule.TestRoom;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.event.StateKey;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.matrix.roomversion.RoomVersion;
import org.jspecify.annotations.Nullable;

/**
 * A room whose servers talk past each other: a random graph of events with the states after them, from a seed. Some
 * events are rejected for the state before them, some of them cited all the same, and times tie often.
 */
final class RandomRoom {
    private static final List<String> USERS =
            List.of(TestRoom.ALICE, TestRoom.BOB, TestRoom.CHARLIE, TestRoom.DAN, "@erin:e.example");
    private static final List<String> MEMBERSHIPS = List.of("join", "join", "join", "leave", "invite", "ban", "knock");
    private static final List<String> JOIN_RULES = List.of("public", "public", "invite", "knock");

    final TestRoom room;
    final List<Pdu> events = new ArrayList<>();
    final List<Map<StateKey, EventId>> statesAfter = new ArrayList<>();
    private final Random random;
    private final Oracle oracle;

    RandomRoom(RoomVersion version, long seed, int size) {
        this.random = new Random(seed);
        this.room = new TestRoom(version);
        this.oracle = new Oracle(version.id().equals("12"), room);
        Pdu create = room.create("{}").add();
        remember(create, new TreeMap<>(Map.of(new StateKey("m.room.create", ""), create.eventId())));
        append(room.member(TestRoom.ALICE, TestRoom.ALICE, "join"), List.of(0), statesAfter.get(0));
        appendToLast(room.powerLevels(TestRoom.ALICE, powerLevels(true)));
        appendToLast(room.joinRule(TestRoom.ALICE, "public"));
        for (String user : USERS.subList(1, 4)) {
            appendToLast(room.member(user, user, "join"));
        }
        while (events.size() < size) {
            appendSomewhere();
        }
    }

    /** The states after some of the events. */
    List<Map<StateKey, EventId>> someStates(int count) {
        List<Map<StateKey, EventId>> some = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            some.add(statesAfter.get(random.nextInt(statesAfter.size())));
        }
        return some;
    }

    Random random() {
        return random;
    }

    private void appendToLast(TestRoom.Draft draft) {
        int last = events.size() - 1;
        append(draft, List.of(last), statesAfter.get(last));
    }

    private void appendSomewhere() {
        List<Integer> parents = parents();
        Map<StateKey, EventId> before =
                oracle.resolve(parents.stream().map(statesAfter::get).toList());
        boolean citesElsewhere = random.nextInt(6) == 0;
        append(anything(before), parents, citesElsewhere ? statesAfter.get(random.nextInt(events.size())) : before);
    }

    /** Mostly near the end, sometimes a fork from long ago. */
    private List<Integer> parents() {
        List<Integer> parents = new ArrayList<>();
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            int back =
                    random.nextInt(4) == 0 ? random.nextInt(events.size()) : random.nextInt(Math.min(6, events.size()));
            int parent = events.size() - 1 - back;
            if (!parents.contains(parent)) {
                parents.add(parent);
            }
        }
        return parents;
    }

    private void append(TestRoom.Draft draft, List<Integer> parents, Map<StateKey, EventId> cited) {
        Map<StateKey, EventId> before =
                oracle.resolve(parents.stream().map(statesAfter::get).toList());
        Pdu bare = draft.build();
        List<Pdu> authEvents = new ArrayList<>();
        for (StateKey key :
                AuthEventSelection.keys(room.version(), bare.type(), bare.sender(), bare.stateKey(), bare.content())) {
            Optional.ofNullable(cited.get(key)).map(room::event).ifPresent(authEvents::add);
        }
        Collections.shuffle(authEvents, random);
        Pdu event = draft.id("$" + Long.toString(Math.abs(random.nextLong()), 36))
                .ts(random.nextInt(12))
                .prev(parents.stream().map(events::get).toArray(Pdu[]::new))
                .auth(authEvents.toArray(Pdu[]::new))
                .add();
        boolean byAuthEvents = authEvents.stream().noneMatch(authEvent -> room.isRejected(authEvent.eventId()))
                && OracleRules.allows(event, key -> authEvent(event, key));
        boolean byState =
                OracleRules.allows(event, key -> before.containsKey(key) ? room.event(before.get(key)) : null);
        Map<StateKey, EventId> after = new TreeMap<>(before);
        if (byAuthEvents && byState) {
            event.stateSlot().ifPresent(slot -> after.put(slot, event.eventId()));
        } else {
            room.reject(event);
            // A lying server may list a rejected event in a state all the same.
            if (random.nextInt(8) == 0) {
                event.stateSlot().ifPresent(slot -> after.put(slot, event.eventId()));
            }
        }
        remember(event, after);
    }

    private @Nullable Pdu authEvent(Pdu event, StateKey key) {
        for (EventId id : event.effectiveAuthEvents()) {
            if (room.event(id).stateSlot().orElseThrow().equals(key)) {
                return room.event(id);
            }
        }
        return null;
    }

    private void remember(Pdu event, Map<StateKey, EventId> after) {
        events.add(event);
        statesAfter.add(after);
    }

    /** Something that has a fair chance to be allowed in this state. */
    private TestRoom.Draft anything(Map<StateKey, EventId> state) {
        String sender = USERS.get(random.nextInt(USERS.size()));
        for (int i = 0; i < 3 && !isIn(sender, state); i++) {
            sender = USERS.get(random.nextInt(USERS.size()));
        }
        return switch (random.nextInt(8)) {
            case 0, 1 -> room.powerLevels(sender, powerLevels(false));
            case 2 -> room.joinRule(sender, JOIN_RULES.get(random.nextInt(JOIN_RULES.size())));
            case 3 -> room.topic(sender, "topic " + random.nextInt());
            case 4 -> room.draft(sender, "org.example.own").key(sender);
            default -> member(sender);
        };
    }

    private TestRoom.Draft member(String sender) {
        String membership = MEMBERSHIPS.get(random.nextInt(MEMBERSHIPS.size()));
        boolean ofOneself = membership.equals("join") || membership.equals("knock") || random.nextInt(3) == 0;
        return room.member(sender, ofOneself ? sender : USERS.get(random.nextInt(USERS.size())), membership);
    }

    private boolean isIn(String user, Map<StateKey, EventId> state) {
        EventId member = state.get(new StateKey("m.room.member", new UserId(user).value()));
        return member != null
                && room.event(member)
                        .content()
                        .string("membership")
                        .orElseThrow()
                        .equals("join");
    }

    private String powerLevels(boolean first) {
        List<String> users = new ArrayList<>();
        if (!room.version().privilegedCreators()) {
            users.add("'" + TestRoom.ALICE + "':100");
        }
        for (String user : USERS.subList(1, USERS.size())) {
            int level = List.of(0, 50, 50, 100).get(random.nextInt(first ? 3 : 4));
            if (level > 0) {
                users.add("'" + user + "':" + level);
            }
        }
        String more = switch (random.nextInt(5)) {
            case 0 -> ",'state_default':" + List.of(0, 50, 100).get(random.nextInt(3));
            case 1 -> ",'ban':" + List.of(0, 50, 100).get(random.nextInt(3));
            case 2 -> ",'events':{'m.room.topic':" + random.nextInt(60) + "}";
            default -> "";
        };
        return "{'users':{" + String.join(",", users) + "}" + more + "}";
    }
}
