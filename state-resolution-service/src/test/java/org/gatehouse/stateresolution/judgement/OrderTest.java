package org.gatehouse.stateresolution.judgement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gatehouse.stateresolution.testroom.SignedRoom.ALICE;
import static org.gatehouse.stateresolution.testroom.SignedRoom.BOB;
import static org.gatehouse.stateresolution.testroom.SignedRoom.CAROL;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.gatehouse.cluster.Verdict;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.matrix.roomversion.RoomVersion;
import org.gatehouse.matrix.roomversion.RoomVersions;
import org.gatehouse.stateresolution.room.JudgedRow;
import org.gatehouse.stateresolution.testroom.SignedRoom;
import org.gatehouse.stateresolution.testroom.TestJudge;
import org.gatehouse.stateresolution.testroom.Tip;
import org.junit.jupiter.api.Test;

/**
 * What may and what may not depend on the order of delivery: the state before an event and its rejection may not; soft
 * failure may. Once an event ties all ends, the current state is the same everywhere.
 */
class OrderTest {

    private static final List<UserId> USERS = List.of(ALICE, BOB, CAROL);

    @Test
    void statesAndRejectionsAreTheSameInEveryOrder() {
        for (RoomVersion version : List.of(RoomVersions.V10, RoomVersions.V11, RoomVersions.V12)) {
            for (int seed = 0; seed < 12; seed++) {
                compareOrders(version, seed);
            }
        }
    }

    private static void compareOrders(RoomVersion version, int seed) {
        Random random = new Random(seed);
        SignedRoom room = new SignedRoom(version);
        List<Pdu> events = randomEvents(room, random);

        List<Map<EventId, String>> seen = new ArrayList<>();
        for (int order = 0; order < 3; order++) {
            TestJudge judge = new TestJudge();
            judge.judgeAll(room.beginning);
            for (Pdu event : shuffled(events, room, random)) {
                judge.judge(event);
                if (random.nextInt(5) == 0) {
                    judge.restart();
                }
            }
            seen.add(verdicts(judge, room, events));
        }

        assertThat(seen.get(1)).as("version %s, seed %d", version, seed).isEqualTo(seen.get(0));
        assertThat(seen.get(2)).as("version %s, seed %d", version, seed).isEqualTo(seen.get(0));
    }

    /** A graph of 25 events on few branches, and one that ties its ends. */
    private static List<Pdu> randomEvents(SignedRoom room, Random random) {
        List<Pdu> events = new ArrayList<>();
        List<Tip> tips = new ArrayList<>(List.of(room.tip()));
        for (int i = 0; i < 25; i++) {
            Tip on = tips.get(random.nextInt(tips.size()));
            if (tips.size() > 1 && random.nextInt(5) == 0) {
                on = on.mergedWith(tips.get(random.nextInt(tips.size())));
            }
            Pdu event = randomEvent(room, on, random, i);
            events.add(event);
            if (random.nextInt(3) != 0) {
                tips.remove(on);
            }
            tips.add(room.after(on, event));
        }
        Set<EventId> parents = new HashSet<>();
        events.forEach(event -> parents.addAll(event.prevEvents()));
        List<EventId> ends = events.stream()
                .map(Pdu::eventId)
                .filter(id -> !parents.contains(id))
                .toList();
        events.add(room.topic(new Tip(ends, room.tip().state(), 100), ALICE, "tie"));
        return events;
    }

    private static Pdu randomEvent(SignedRoom room, Tip on, Random random, int number) {
        UserId sender = USERS.get(random.nextInt(USERS.size()));
        UserId target = USERS.get(1 + random.nextInt(2));
        switch (random.nextInt(7)) {
            case 0:
                return room.member(on, ALICE, target, "ban");
            case 1:
                return room.member(on, ALICE, target, "leave");
            case 2:
            case 3:
                return room.join(on, target);
            case 4:
                return room.state(on, ALICE, "m.room.power_levels", levels(room.version, random));
            case 5:
                return room.topic(on, sender, "topic " + number);
            default:
                return room.message(on, sender, "message " + number);
        }
    }

    private static JsonObject levels(RoomVersion version, Random random) {
        JsonObject users = JsonObject.builder()
                .put(BOB.value(), 25 * random.nextInt(4))
                .put(CAROL.value(), 25 * random.nextInt(3))
                .build();
        return JsonObject.builder()
                .put("users", version.privilegedCreators() ? users : users.with(ALICE.value(), 100))
                .build();
    }

    /** Another order in which parents and auth events still come first. */
    private static List<Pdu> shuffled(List<Pdu> events, SignedRoom room, Random random) {
        Set<EventId> known = new HashSet<>();
        room.beginning.forEach(event -> known.add(event.eventId()));
        List<Pdu> left = new ArrayList<>(events);
        List<Pdu> order = new ArrayList<>();
        while (!left.isEmpty()) {
            List<Pdu> ready = left.stream()
                    .filter(event -> known.containsAll(event.prevEvents()) && known.containsAll(event.authEvents()))
                    .toList();
            Pdu next = ready.get(random.nextInt(ready.size()));
            order.add(next);
            known.add(next.eventId());
            left.remove(next);
        }
        return order;
    }

    private static Map<EventId, String> verdicts(TestJudge judge, SignedRoom room, List<Pdu> events) {
        return judge.read(room.roomId(), read -> {
            Map<EventId, String> seen = new TreeMap<>();
            for (Pdu event : events) {
                JudgedRow row = read.judged(event.eventId()).orElseThrow();
                boolean rejected = row.verdict() == Verdict.REJECTED;
                seen.put(
                        event.eventId(),
                        read.state(row.stateBefore()) + " " + read.state(row.stateAfter()) + " " + rejected);
            }
            seen.put(new EventId("$current"), read.currentState().toString());
            return seen;
        });
    }
}
