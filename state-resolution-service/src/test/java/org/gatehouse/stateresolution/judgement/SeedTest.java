package org.gatehouse.stateresolution.judgement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gatehouse.stateresolution.testroom.SignedRoom.ALICE;
import static org.gatehouse.stateresolution.testroom.SignedRoom.BOB;
import static org.gatehouse.stateresolution.testroom.SignedRoom.CAROL;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gatehouse.cluster.ConnectedRecord;
import org.gatehouse.cluster.ConnectedRecord.Source;
import org.gatehouse.cluster.JudgedRecord;
import org.gatehouse.cluster.JudgedRecord.CurrentChange;
import org.gatehouse.cluster.PduBytes;
import org.gatehouse.cluster.RoomFacts;
import org.gatehouse.cluster.Verdict;
import org.gatehouse.cluster.VerdictReply;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.event.StateKey;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.matrix.roomversion.RoomVersion;
import org.gatehouse.matrix.roomversion.RoomVersions;
import org.gatehouse.stateresolution.room.Extremity;
import org.gatehouse.stateresolution.testroom.SignedRoom;
import org.gatehouse.stateresolution.testroom.TestJudge;
import org.gatehouse.stateresolution.testroom.Tip;
import org.junit.jupiter.api.Test;

class SeedTest {

    private static final ServerName OURS = new ServerName("a.example");
    private static final UserId DAVE = new UserId("@dave:a.example");

    private final SignedRoom room = new SignedRoom(RoomVersions.V11);
    private final TestJudge judge = new TestJudge();
    private long logged = 5;

    @Test
    void takesTheStateOfAJoinWhole() {
        for (RoomVersion version : List.of(RoomVersions.V10, RoomVersions.V11, RoomVersions.V12)) {
            SignedRoom joined = new SignedRoom(version);
            TestJudge fresh = new TestJudge();
            Pdu topic = joined.topic(joined.tip(), BOB, "theirs");
            Tip tip = joined.after(joined.tip(), topic);
            Pdu join = joined.join(tip, CAROL);
            List<Pdu> state = new ArrayList<>(joined.beginning);
            state.add(topic);

            fresh.work(fresh.connected(join, Source.JOINED, Optional.of(fresh.seed(true, "bulk-1", state, List.of()))));

            JudgedRecord.Judged judged = fresh.judged(join.eventId());
            assertThat(judged.verdict()).isEqualTo(Verdict.ACCEPTED);
            assertThat(judged.joinSeed()).isTrue();
            assertThat(judged.currentChanges()).hasSize(7);
            assertThat(judged.currentChanges())
                    .contains(new CurrentChange(
                            "m.room.topic",
                            "",
                            Optional.of(topic.eventId()),
                            Optional.of(new PduBytes(topic.canonicalBytes()))));
            fresh.restart();
            Pdu message = joined.message(joined.after(tip, join), CAROL, "hello");
            assertThat(fresh.judge(message).verdict()).isEqualTo(Verdict.ACCEPTED);
        }
    }

    @Test
    void takesAJoinOfALargeRoom() {
        List<Pdu> state = new ArrayList<>(room.beginning);
        for (int i = 0; i < 6000; i++) {
            state.add(room.join(room.tip(), new UserId("@user%d:server%d.example".formatted(i, i % 70))));
        }
        Pdu topic = room.topic(room.tip(), BOB, "theirs");
        state.add(topic);
        Tip tip = room.after(room.tip(), topic);
        Pdu join = room.join(tip, DAVE);

        judge.work(judge.connected(join, Source.JOINED, Optional.of(judge.seed(true, "b", state, List.of()))));
        judge.restart();
        Pdu message = room.message(room.after(tip, join), DAVE, "hello");
        judge.work(judge.connected(message, Source.MADE, Optional.empty()));

        assertThat(judge.judged(message.eventId()).serversBefore()).hasSize(72);
        List<CurrentChange> told = judge.judged(join.eventId()).currentChanges();
        assertThat(told).hasSizeBetween(2000, 6006);
        assertThat(told.subList(0, 4)).extracting(CurrentChange::type).doesNotContain("m.room.member");
        assertThat(told.stream()
                        .mapToInt(change -> change.pdu().map(PduBytes::length).orElse(0))
                        .sum())
                .isLessThan(3 * 1024 * 1024);
        assertThat(judge.facts().residents()).isEqualTo(Map.of(OURS, 2));
    }

    @Test
    void clearsOlderHeadsOnARejoin() {
        judge.judgeAll(room.beginning);
        Pdu old = room.topic(room.tip(), BOB, "old");
        judge.judge(old);
        Pdu newer = room.topic(room.tip(), BOB, "new");
        Tip theirs = room.after(room.tip(), newer);
        Pdu join = room.join(theirs, CAROL);
        List<Pdu> state = new ArrayList<>(room.beginning);
        state.add(newer);

        judge.work(judge.connected(join, Source.JOINED, Optional.of(judge.seed(true, "b", state, List.of()))));

        judge.read(room.roomId(), read -> {
            assertThat(read.head().extremities()).extracting(Extremity::eventId).containsExactly(join.eventId());
            assertThat(read.currentState().get(StateKey.of("m.room.topic"))).contains(newer.eventId());
            return read;
        });
    }

    @Test
    void leavesOutOfTheStateWhatCheckFourRejects() {
        Pdu forged = room.topic(room.tip(), CAROL, "forged");
        Pdu join = room.join(room.tip(), CAROL);
        List<Pdu> state = new ArrayList<>(room.beginning);
        state.add(forged);

        judge.work(judge.connected(join, Source.JOINED, Optional.of(judge.seed(true, "b", state, List.of()))));

        assertThat(judge.judged(join.eventId()).verdict()).isEqualTo(Verdict.ACCEPTED);
        assertThat(judge.currentState(room.roomId()).get(StateKey.of("m.room.topic")))
                .isEmpty();
    }

    @Test
    void rejectsAJoinIntoAStateWithoutItsCreateEvent() {
        Pdu join = room.join(room.tip(), CAROL);
        List<Pdu> state = room.beginning.subList(1, 5);

        judge.work(judge.connected(
                join, Source.JOINED, Optional.of(judge.seed(true, "b", state, room.beginning.subList(0, 1)))));

        assertThat(judge.judged(join.eventId()).verdict()).isEqualTo(Verdict.REJECTED);
        assertThat(judge.judged(join.eventId()).joinSeed()).isFalse();
    }

    @Test
    void takesAParentsSeedAsOneInputOnly() {
        judge.judgeAll(room.beginning);
        Pdu ours = room.topic(room.tip(), ALICE, "ours");
        judge.judge(ours);
        // Given a parent on a branch that we never saw, with a state that its server gave
        Pdu unseen = room.topic(room.tip(), BOB, "theirs");
        Tip theirs = room.after(room.tip(), unseen);
        Pdu parent = room.message(theirs, BOB, "from the other side");
        List<Pdu> state = new ArrayList<>(room.beginning);
        state.add(unseen);

        judge.work(judge.connected(parent, Source.SEEDED, Optional.of(judge.seed(false, "b", state, List.of()))));
        Pdu child = room.message(room.after(theirs, parent), BOB, "and on");
        judge.judge(child);

        JudgedRecord.Judged judged = judge.judged(parent.eventId());
        assertThat(judged.verdict()).isEqualTo(Verdict.ACCEPTED);
        assertThat(judged.joinSeed()).isFalse();
        judge.read(room.roomId(), read -> {
            assertThat(read.head().extremities())
                    .extracting(Extremity::eventId)
                    .containsExactlyInAnyOrder(ours.eventId(), child.eventId());
            assertThat(read.currentState().get(StateKey.of("m.room.topic"))).isPresent();
            return read;
        });
    }

    @Test
    void cannotBeResetByASeed() {
        judge.judgeAll(room.beginning);
        Pdu ban = room.member(room.tip(), ALICE, BOB, "ban");
        judge.judge(ban);
        Pdu parent = room.message(room.tip(), BOB, "nobody banned me");

        judge.work(
                judge.connected(parent, Source.SEEDED, Optional.of(judge.seed(false, "b", room.beginning, List.of()))));

        assertThat(judge.judged(parent.eventId()).verdict()).isEqualTo(Verdict.SOFT_FAILED);
        assertThat(judge.judged(parent.eventId()).currentChanges()).isEmpty();
    }

    @Test
    void tellsTheGateOfResidentsAndOfJoinsUnderWay() {
        ConnectedRecord begun = new ConnectedRecord.JoinBegun(room.roomId(), "11", "attempt-1", DAVE, 1);
        judge.work(begun);
        assertThat(judge.facts().joining()).isTrue();
        assertThat(judge.facts().residents()).isEmpty();
        Pdu join = room.join(room.tip(), DAVE);

        judge.work(judge.connected(join, Source.JOINED, Optional.of(judge.seed(true, "b", room.beginning, List.of()))));

        assertThat(judge.facts().joining()).isFalse();
        assertThat(judge.facts().residents()).isEqualTo(Map.of(OURS, 2));
        int told = judge.of(RoomFacts.class).size();
        judge.judge(room.message(room.after(room.tip(), join), DAVE, "hello"));
        assertThat(judge.of(RoomFacts.class)).hasSize(told);
        Pdu acl = room.state(
                room.after(room.tip(), join),
                ALICE,
                "m.room.server_acl",
                JsonObject.builder().put("allow_ip_literals", false).build());
        judge.judge(acl);
        assertThat(judge.facts().serverAcl()).contains(acl.content());
    }

    @Test
    void endsAFailedJoin() {
        judge.work(new ConnectedRecord.JoinBegun(room.roomId(), "11", "attempt-1", DAVE, 1));

        judge.work(new ConnectedRecord.JoinFailed(room.roomId(), "attempt-1", "nobody answers", 2));

        assertThat(judge.facts().joining()).isFalse();
        assertThat(judge.of(JudgedRecord.JoinFailed.class))
                .extracting(JudgedRecord.JoinFailed::attemptId)
                .containsExactly("attempt-1");
    }

    @Test
    void keepsAnInviteUntilTheUserJoins() {
        Pdu invite = room.member(room.tip(), BOB, DAVE, "invite");
        judge.work(outOfBand(invite, "invite"));

        assertThat(judge.facts().pending())
                .containsExactly(new RoomFacts.Pending(DAVE, BOB, "invite", invite.eventId()));
        assertThat(judge.of(JudgedRecord.OutOfBandKept.class)).hasSize(1);

        Tip invited = room.after(room.tip(), invite);
        Pdu join = room.join(invited, DAVE);
        List<Pdu> state = new ArrayList<>(room.beginning);
        state.add(invite);
        judge.work(judge.connected(join, Source.JOINED, Optional.of(judge.seed(true, "b", state, List.of()))));

        assertThat(judge.judged(join.eventId()).verdict()).isEqualTo(Verdict.ACCEPTED);
        assertThat(judge.facts().pending()).isEmpty();
    }

    @Test
    void endsAnInviteByALeave() {
        Pdu invite = room.member(room.tip(), BOB, DAVE, "invite");
        Pdu rejection = room.member(room.after(room.tip(), invite), DAVE, DAVE, "leave");
        judge.work(outOfBand(invite, "invite"));

        judge.work(outOfBand(rejection, "leave"));
        judge.work(outOfBand(rejection, "leave"));

        assertThat(judge.facts().pending()).isEmpty();
        assertThat(judge.of(JudgedRecord.OutOfBandKept.class))
                .extracting(JudgedRecord.OutOfBandKept::membership)
                .containsExactly("invite", "leave");
        assertThat(judge.of(VerdictReply.class)).hasSize(3).allMatch(reply -> reply.verdict() == Verdict.ACCEPTED);
    }

    @Test
    void takesNoInviteOfWhoIsThere() {
        judge.judgeAll(room.beginning);
        Pdu invite = room.member(room.tip(), BOB, ALICE, "invite");

        judge.work(outOfBand(invite, "invite"));

        assertThat(judge.of(JudgedRecord.OutOfBandKept.class)).isEmpty();
        List<VerdictReply> replies = judge.of(VerdictReply.class);
        assertThat(replies.get(replies.size() - 1).verdict()).isEqualTo(Verdict.REJECTED);
    }

    private ConnectedRecord.OutOfBand outOfBand(Pdu event, String membership) {
        return new ConnectedRecord.OutOfBand(
                event.roomId(),
                "11",
                event.eventId(),
                new UserId(event.stateKey().orElseThrow()),
                membership,
                List.of(),
                Optional.of(new org.gatehouse.cluster.ReplyTo(1, "invite")),
                logged++,
                new PduBytes(event.canonicalBytes()));
    }
}
