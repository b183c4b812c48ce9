package org.gatehouse.stateresolution.judgement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gatehouse.stateresolution.testroom.SignedRoom.ALICE;
import static org.gatehouse.stateresolution.testroom.SignedRoom.BOB;
import static org.gatehouse.stateresolution.testroom.SignedRoom.CAROL;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.gatehouse.cluster.ClusterRecord;
import org.gatehouse.cluster.ConnectedRecord;
import org.gatehouse.cluster.ConnectedRecord.Source;
import org.gatehouse.cluster.PduBytes;
import org.gatehouse.cluster.RoomFacts;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.matrix.roomversion.RoomVersions;
import org.gatehouse.stateresolution.room.InMemoryRoomRows;
import org.gatehouse.stateresolution.testroom.SignedRoom;
import org.gatehouse.stateresolution.testroom.TestJudge;
import org.gatehouse.stateresolution.testroom.Tip;
import org.junit.jupiter.api.Test;

/** The same log gives the same rows and outputs, whatever dies in between and whatever is in memory. */
class RepeatTest {

    private static final UserId DAVE = new UserId("@dave:a.example");

    private final SignedRoom room = new SignedRoom(RoomVersions.V12);

    @Test
    void tellsTheSameAgainAndChangesNothing() {
        TestJudge judge = new TestJudge();
        List<Arrival> log = log(judge);
        judge.work(log);
        List<ClusterRecord> first = List.copyOf(judge.outputs);
        var rows = judge.rows.dump();
        int written = judge.rows.written();
        judge.outputs.clear();

        judge.work(log);

        assertThat(withoutFacts(judge.outputs)).isEqualTo(withoutFacts(first));
        assertThat(lastFacts(judge.outputs)).isEqualTo(lastFacts(first));
        assertThat(judge.rows.dump()).isEqualTo(rows);
        assertThat(judge.rows.written()).isEqualTo(written);
    }

    @Test
    void takesNothingAnewThatIsToldAgainAtALaterOffset() {
        TestJudge judge = new TestJudge();
        List<Arrival> log = log(judge);
        judge.work(log);
        List<ClusterRecord> first = List.copyOf(judge.outputs);
        List<EventId> heads = judge.heads(room.roomId());
        RoomFacts facts = lastFacts(first);
        var rows = judge.rows.dump();
        judge.outputs.clear();

        judge.restart();
        judge.work(log.stream().map(arrival -> judge.arrival(arrival.record())).toList());

        assertThat(withoutFacts(judge.outputs)).isEqualTo(withoutFacts(first));
        assertThat(judge.of(RoomFacts.class)).isEmpty();
        assertThat(judge.heads(room.roomId())).isEqualTo(heads);
        assertThat(facts.pending()).isEmpty();
        assertThat(withoutHead(judge.rows.dump())).isEqualTo(withoutHead(rows));
    }

    private static java.util.Map<String, String> withoutHead(java.util.Map<String, String> rows) {
        java.util.Map<String, String> others = new java.util.TreeMap<>(rows);
        others.keySet().removeIf(key -> key.startsWith("head "));
        return others;
    }

    @Test
    void givesTheSameRowsOneByOneAndFromACold() {
        TestJudge inOneGo = new TestJudge();
        inOneGo.work(log(inOneGo));

        TestJudge cold = new TestJudge();
        for (Arrival arrival : log(cold)) {
            cold.work(List.of(arrival));
            cold.restart();
        }
        TestJudge warm = new TestJudge();
        for (Arrival arrival : log(warm)) {
            warm.work(List.of(arrival));
            warm.ownershipChanged();
        }

        assertThat(cold.rows.dump()).isEqualTo(inOneGo.rows.dump());
        assertThat(warm.rows.dump()).isEqualTo(inOneGo.rows.dump());
        assertThat(cold.outputs).isEqualTo(inOneGo.outputs);
        assertThat(warm.outputs).isEqualTo(inOneGo.outputs);
    }

    @Test
    void survivesADeathAfterAnyRow() {
        TestJudge whole = new TestJudge();
        whole.work(log(whole));
        int rows = whole.rows.written();
        assertThat(rows).isGreaterThan(40);

        for (int batch : new int[] {1, 4, 100}) {
            for (int death = 0; death < rows; death++) {
                TestJudge judge = new TestJudge();
                judge.rows.dieAfter(death);
                List<Arrival> log = log(judge);
                int done = workUntilDeath(judge, log, batch);
                judge.rows.dieAfter(Integer.MAX_VALUE);
                judge.restart();

                inBatches(judge, log.subList(done, log.size()), batch);

                assertThat(judge.rows.dump()).as("death after row %d", death).isEqualTo(whole.rows.dump());
                assertThat(withoutFacts(distinct(judge.outputs)))
                        .as("death after row %d", death)
                        .isEqualTo(withoutFacts(whole.outputs));
                assertThat(lastFacts(judge.outputs)).isEqualTo(lastFacts(whole.outputs));
            }
        }
    }

    @Test
    void survivesADeathAfterAnyOutput() {
        TestJudge whole = new TestJudge();
        whole.work(log(whole));

        for (int death = 0; death < whole.outputs.size(); death++) {
            TestJudge judge = new TestJudge();
            judge.dieAfterOutputs(death);
            List<Arrival> log = log(judge);
            int done = workUntilDeath(judge, log, 3);
            judge.dieAfterOutputs(Integer.MAX_VALUE);
            judge.restart();

            inBatches(judge, log.subList(done, log.size()), 3);

            assertThat(judge.rows.dump()).isEqualTo(whole.rows.dump());
            assertThat(new LinkedHashSet<>(withoutFacts(judge.outputs)))
                    .as("death after output %d", death)
                    .isEqualTo(new LinkedHashSet<>(withoutFacts(whole.outputs)));
            assertThat(lastFacts(judge.outputs)).isEqualTo(lastFacts(whole.outputs));
        }
    }

    /** Of everything something: forks, a ban with a soft-failed event, rejected ones, outliers, a seed, an invite. */
    private List<Arrival> log(TestJudge judge) {
        List<ConnectedRecord> records = new ArrayList<>();
        Pdu invite = event("invite", () -> room.member(room.tip(), ALICE, DAVE, "invite"));
        records.add(new ConnectedRecord.OutOfBand(
                room.roomId(),
                "12",
                invite.eventId(),
                DAVE,
                "invite",
                List.of(),
                Optional.empty(),
                1,
                new PduBytes(invite.canonicalBytes())));
        room.beginning.forEach(event -> records.add(judge.connected(event, Source.MADE, Optional.empty())));
        Pdu left = event("left", () -> room.topic(room.tip(), ALICE, "left"));
        Pdu right = event("right", () -> room.topic(room.tip(), BOB, "right"));
        Pdu intruding = event("intruding", () -> room.message(room.tip(), CAROL, "hello"));
        Pdu ban = event("ban", () -> room.member(room.after(room.tip(), left), ALICE, BOB, "ban"));
        Pdu beside = event("beside", () -> room.topic(room.after(room.tip(), right), BOB, "so there"));
        Pdu joinOut = event("joinOut", () -> room.join(room.tip(), CAROL));
        Tip tied = room.after(room.after(room.tip(), left), ban)
                .mergedWith(room.after(room.after(room.tip(), right), beside));
        Pdu tie = event("tie", () -> room.message(tied, ALICE, "tie"));
        records.add(judge.connected(left, Source.MADE, Optional.empty()));
        records.add(judge.connected(right));
        records.add(judge.connected(intruding));
        records.add(judge.outlier(joinOut));
        records.add(judge.connected(ban));
        records.add(judge.connected(beside));
        records.add(judge.connected(tie, Source.MADE, Optional.empty()));
        records.add(judge.connected(joinOut));
        records.add(new ConnectedRecord.JoinBegun(room.roomId(), "12", "attempt", DAVE, 3));
        Pdu acl = event(
                "acl",
                () -> room.state(
                        room.tip(),
                        ALICE,
                        "m.room.server_acl",
                        JsonObject.builder().put("allow_ip_literals", true).build()));
        Tip theirs = room.after(room.tip(), acl);
        Pdu join = event("join", () -> room.join(theirs, DAVE));
        List<Pdu> state = new ArrayList<>(room.beginning);
        state.add(acl);
        records.add(judge.connected(join, Source.JOINED, Optional.of(judge.seed(true, "bulk", state, List.of(left)))));
        Pdu last = event("last", () -> room.message(room.after(theirs, join), DAVE, "hello"));
        records.add(judge.connected(last, Source.MADE, Optional.empty()));
        return records.stream().map(judge::arrival).toList();
    }

    private final java.util.Map<String, Pdu> made = new java.util.TreeMap<>();

    /** Made once, so that every judge gets the same. */
    private Pdu event(String name, java.util.function.Supplier<Pdu> make) {
        return made.computeIfAbsent(name, absent -> make.get());
    }

    private static int workUntilDeath(TestJudge judge, List<Arrival> log, int batch) {
        int done = 0;
        try {
            while (done < log.size()) {
                List<Arrival> next = log.subList(done, Math.min(done + batch, log.size()));
                judge.work(next);
                done += next.size();
            }
        } catch (InMemoryRoomRows.Died expected) {
            return done;
        }
        return done;
    }

    private static void inBatches(TestJudge judge, List<Arrival> log, int batch) {
        for (int from = 0; from < log.size(); from += batch) {
            judge.work(log.subList(from, Math.min(from + batch, log.size())));
        }
    }

    private static List<ClusterRecord> distinct(List<ClusterRecord> outputs) {
        Set<ClusterRecord> once = new LinkedHashSet<>(outputs);
        return new ArrayList<>(once);
    }

    private static List<ClusterRecord> withoutFacts(List<ClusterRecord> outputs) {
        return outputs.stream().filter(output -> !(output instanceof RoomFacts)).toList();
    }

    private static RoomFacts lastFacts(List<ClusterRecord> outputs) {
        RoomFacts last = null;
        for (ClusterRecord output : outputs) {
            if (output instanceof RoomFacts facts) {
                last = facts;
            }
        }
        return java.util.Objects.requireNonNull(last);
    }
}
