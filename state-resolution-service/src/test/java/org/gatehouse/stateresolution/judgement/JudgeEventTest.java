package org.gatehouse.stateresolution.judgement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.gatehouse.stateresolution.testroom.SignedRoom.ALICE;
import static org.gatehouse.stateresolution.testroom.SignedRoom.BOB;
import static org.gatehouse.stateresolution.testroom.SignedRoom.CAROL;
import static org.gatehouse.stateresolution.testroom.SignedRoom.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gatehouse.cluster.ConnectedRecord.Source;
import org.gatehouse.cluster.JudgedRecord;
import org.gatehouse.cluster.JudgedRecord.CurrentChange;
import org.gatehouse.cluster.PduBytes;
import org.gatehouse.cluster.Verdict;
import org.gatehouse.cluster.VerdictReply;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.event.StateKey;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.roomversion.RoomVersion;
import org.gatehouse.matrix.roomversion.RoomVersions;
import org.gatehouse.stateresolution.room.Extremity;
import org.gatehouse.stateresolution.testroom.SignedRoom;
import org.gatehouse.stateresolution.testroom.TestJudge;
import org.gatehouse.stateresolution.testroom.Tip;
import org.junit.jupiter.api.Test;

class JudgeEventTest {

    private static final StateKey TOPIC = StateKey.of("m.room.topic");

    private final SignedRoom room = new SignedRoom(RoomVersions.V11);
    private final TestJudge judge = new TestJudge();

    @Test
    void acceptsARoomFromItsCreationInEveryVersion() {
        for (RoomVersion version : List.of(RoomVersions.V10, RoomVersions.V11, RoomVersions.V12)) {
            SignedRoom made = new SignedRoom(version);
            TestJudge fresh = new TestJudge();

            fresh.judgeAll(made.beginning);

            assertThat(fresh.judged()).hasSize(5).allMatch(judged -> judged.verdict() == Verdict.ACCEPTED);
            assertThat(fresh.judged()).allMatch(judged -> judged.rule().isEmpty());
            fresh.read(made.roomId(), read -> {
                assertThat(read.currentState().size()).isEqualTo(5);
                assertThat(read.head().extremities())
                        .extracting(Extremity::eventId)
                        .containsExactly(made.beginning.get(4).eventId());
                return read;
            });
        }
    }

    @Test
    void tellsWhatTheCurrentStateBecameDifferentIn() {
        judge.judgeAll(room.beginning);
        Pdu topic = room.topic(room.tip(), ALICE, "one");

        JudgedRecord.Judged judged = judge.judge(topic);

        assertThat(judged.currentChanges())
                .containsExactly(new CurrentChange("m.room.topic", "", Optional.of(topic.eventId()), Optional.empty()));
        assertThat(judged.historyVisibility()).isEqualTo("shared");
    }

    @Test
    void fansOutToTheServersBeforeTheEvent() {
        judge.judgeAll(room.beginning);
        Pdu leave = room.member(room.tip(), BOB, BOB, "leave");

        judge.work(judge.connected(leave, Source.MADE, Optional.empty()));

        JudgedRecord.Judged judged = judge.judged(leave.eventId());
        assertThat(judged.fanOut()).isTrue();
        assertThat(judged.serversBefore()).containsExactly(new ServerName("a.example"), new ServerName("b.example"));
    }

    @Test
    void rejectsWhatTheAuthEventsDoNotAllow() {
        judge.judgeAll(room.beginning);
        Pdu intruding = room.message(room.tip(), CAROL, "hello");

        JudgedRecord.Judged judged = judge.judge(intruding);

        assertThat(judged.verdict()).isEqualTo(Verdict.REJECTED);
        assertThat(judged.rule()).startsWith("v11/");
        assertThat(judged.reason()).isNotEmpty();
        assertThat(judged.currentChanges()).isEmpty();
        assertThat(judge.heads(room.roomId()))
                .containsExactly(room.beginning.get(4).eventId());
    }

    @Test
    void rejectsWhatCitesARejectedEvent() {
        judge.judgeAll(room.beginning);
        // Given Bob, of level 50, gives himself 100
        Pdu coup = room.state(
                room.tip(),
                BOB,
                "m.room.power_levels",
                JsonObject.builder()
                        .put("users", JsonObject.builder().put(BOB.value(), 100).build())
                        .build());
        Pdu onTop = room.topic(room.after(room.tip(), coup), BOB, "mine");

        judge.judge(coup);
        judge.judge(onTop);

        assertThat(judge.judged(coup.eventId()).verdict()).isEqualTo(Verdict.REJECTED);
        assertThat(judge.judged(onTop.eventId()).verdict()).isEqualTo(Verdict.REJECTED);
        assertThat(judge.judged(onTop.eventId()).rule()).isEqualTo("v11/2.3");
    }

    @Test
    void acceptsAGoodChildOfARejectedEvent() {
        judge.judgeAll(room.beginning);
        Pdu intruding = room.message(room.tip(), CAROL, "hello");
        Pdu child = room.message(room.after(room.tip(), intruding), BOB, "who was that?");

        judge.judge(intruding);
        JudgedRecord.Judged judged = judge.judge(child);

        assertThat(judged.verdict()).isEqualTo(Verdict.ACCEPTED);
    }

    @Test
    void rejectsWhatTheStateBeforeDoesNotAllow() {
        judge.judgeAll(room.beginning);
        Pdu ban = room.member(room.tip(), ALICE, BOB, "ban");
        // Given Bob cites the events of before his ban, on top of it
        Tip pretended = new Tip(List.of(ban.eventId()), room.tip().state(), ban.depth());
        Pdu after = room.message(pretended, BOB, "still here");

        judge.judge(ban);
        JudgedRecord.Judged judged = judge.judge(after);

        assertThat(judged.verdict()).isEqualTo(Verdict.REJECTED);
        assertThat(judged.stateBefore()).isEqualTo(judge.judged(ban.eventId()).currentState());
    }

    @Test
    void softFailsWhatWasSentBesideABan() {
        judge.judgeAll(room.beginning);
        Pdu ban = room.member(room.tip(), ALICE, BOB, "ban");
        Pdu beside = room.message(room.tip(), BOB, "so there");

        judge.judge(ban);
        judge.work(judge.connected(beside, Source.MADE, Optional.empty()));

        JudgedRecord.Judged judged = judge.judged(beside.eventId());
        assertThat(judged.verdict()).isEqualTo(Verdict.SOFT_FAILED);
        assertThat(judged.rule()).isNotEmpty();
        assertThat(judged.fanOut()).isFalse();
        assertThat(judged.serversBefore()).isEmpty();
        assertThat(judge.heads(room.roomId())).containsExactly(ban.eventId());
    }

    @Test
    void acceptsBothSidesOfAForkThatCameBeforeTheBan() {
        judge.judgeAll(room.beginning);
        Pdu ban = room.member(room.tip(), ALICE, BOB, "ban");
        Pdu beside = room.message(room.tip(), BOB, "so there");

        judge.judge(beside);
        judge.judge(ban);

        assertThat(judge.judged(beside.eventId()).verdict()).isEqualTo(Verdict.ACCEPTED);
        assertThat(judge.judged(ban.eventId()).verdict()).isEqualTo(Verdict.ACCEPTED);
    }

    @Test
    void comesToTheSameStateWhicheverSideOfAForkComesFirst() {
        for (RoomVersion version : List.of(RoomVersions.V10, RoomVersions.V11, RoomVersions.V12)) {
            SignedRoom forked = new SignedRoom(version);
            Pdu left = forked.topic(forked.tip(), ALICE, "left");
            Pdu right = forked.topic(forked.tip(), BOB, "right");
            Pdu more = forked.topic(forked.after(forked.tip(), right), BOB, "further right");
            TestJudge leftFirst = new TestJudge();
            TestJudge rightFirst = new TestJudge();
            leftFirst.judgeAll(forked.beginning);
            rightFirst.judgeAll(forked.beginning);

            leftFirst.judgeAll(List.of(left, right, more));
            rightFirst.judgeAll(List.of(right, more, left));

            assertThat(leftFirst.judged())
                    .filteredOn(judged -> judged.verdict() == Verdict.ACCEPTED)
                    .hasSize(8);
            Optional<EventId> topic = leftFirst.currentState(forked.roomId()).get(TOPIC);
            assertThat(topic).isPresent();
            assertThat(rightFirst.currentState(forked.roomId()).rootHash())
                    .isEqualTo(leftFirst.currentState(forked.roomId()).rootHash());
            assertThat(rightFirst.currentState(forked.roomId()).get(TOPIC)).isEqualTo(topic);
        }
    }

    @Test
    void givesTheEventThatTiesAForkTheResolvedState() {
        judge.judgeAll(room.beginning);
        Pdu left = room.topic(room.tip(), ALICE, "left");
        Pdu right = room.topic(room.tip(), BOB, "right");
        judge.judgeAll(List.of(left, right));
        long resolved = judge.judged(right.eventId()).currentState();
        Pdu tie = room.message(room.after(room.tip(), left).mergedWith(room.after(room.tip(), right)), ALICE, "tie");

        JudgedRecord.Judged judged = judge.judge(tie);

        assertThat(judged.stateBefore()).isEqualTo(resolved);
        assertThat(judged.currentState()).isEqualTo(resolved);
        assertThat(judge.heads(room.roomId())).hasSize(1);
    }

    @Test
    void tellsTheBytesOfASoftFailedEventThatALaterOneBringsIn() {
        judge.judgeAll(room.beginning);
        Pdu ban = room.member(room.tip(), ALICE, BOB, "ban");
        Pdu unban = room.member(room.after(room.tip(), ban), ALICE, BOB, "leave");
        Tip unbanned = room.after(room.after(room.tip(), ban), unban);
        Pdu rejoin = room.join(unbanned, BOB);
        Tip rejoined = room.after(unbanned, rejoin);
        Pdu topic = room.topic(room.tip(), BOB, "said in between");
        judge.judgeAll(List.of(ban, topic, unban, rejoin));
        Pdu tie = room.message(rejoined.mergedWith(room.after(room.tip(), topic)), ALICE, "tie");

        JudgedRecord.Judged judged = judge.judge(tie);

        assertThat(judge.judged(topic.eventId()).verdict()).isEqualTo(Verdict.SOFT_FAILED);
        assertThat(judge.judged(topic.eventId()).currentChanges()).isEmpty();
        assertThat(judged.verdict()).isEqualTo(Verdict.ACCEPTED);
        assertThat(judged.currentChanges())
                .containsExactly(new CurrentChange(
                        "m.room.topic",
                        "",
                        Optional.of(topic.eventId()),
                        Optional.of(new PduBytes(topic.canonicalBytes()))));
    }

    @Test
    void answersWhoWaits() {
        judge.judgeAll(room.beginning);
        Pdu intruding = room.message(room.tip(), CAROL, "hello");

        judge.judge(intruding);

        List<VerdictReply> replies = judge.of(VerdictReply.class);
        VerdictReply last = replies.get(replies.size() - 1);
        assertThat(replies).hasSize(6);
        assertThat(last.eventId()).contains(intruding.eventId());
        assertThat(last.verdict()).isEqualTo(Verdict.REJECTED);
        assertThat(last.replyTo().correlation()).isEqualTo("wait-" + intruding.eventId());
        assertThat(last.ordinal()).isEqualTo(judge.judged(intruding.eventId()).ordinal());
    }

    @Test
    void cannotJudgeWithoutAnAuthEvent() {
        judge.judgeAll(room.beginning);
        Pdu join = room.join(room.tip(), CAROL);
        Pdu message = room.message(room.after(room.tip(), join), CAROL, "hello");
        Tip besides = new Tip(room.tip().parents(), room.after(room.tip(), join).state(), 5);
        Pdu floating = room.message(besides, CAROL, "hello");

        assertThatThrownBy(() -> judge.judge(message)).isInstanceOf(Unjudgeable.class);
        assertThatThrownBy(() -> judge.judge(floating)).isInstanceOf(Unjudgeable.class);
        judge.judge(join);
        assertThat(judge.judge(message).verdict()).isEqualTo(Verdict.ACCEPTED);
    }

    @Test
    void worksWhatComesBeforeAndAfterPoison() {
        judge.judgeAll(room.beginning);
        Pdu good = room.message(room.tip(), BOB, "one");
        Pdu orphan = room.message(
                new Tip(List.of(new EventId("$" + "x".repeat(43))), room.tip().state(), 9), BOB, "lost");
        Pdu better = room.message(room.after(room.tip(), good), BOB, "two");
        List<Arrival> arrivals = new ArrayList<>();
        for (Pdu event : List.of(good, orphan, better)) {
            arrivals.add(judge.arrival(judge.connected(event)));
        }

        assertThatThrownBy(() -> judge.work(arrivals)).isInstanceOf(Unjudgeable.class);
        judge.work(arrivals.subList(2, 3));

        assertThat(judge.judged(good.eventId()).verdict()).isEqualTo(Verdict.ACCEPTED);
        assertThat(judge.judged(better.eventId()).verdict()).isEqualTo(Verdict.ACCEPTED);
    }

    @Test
    void rejectsAMessageCitedAsAuthEvent() {
        judge.judgeAll(room.beginning);
        Pdu message = room.message(room.tip(), BOB, "one");
        judge.judge(message);
        List<EventId> authEvents =
                new ArrayList<>(room.message(room.tip(), BOB, "x").authEvents());
        authEvents.add(message.eventId());
        Pdu odd = room.make(
                room.after(room.tip(), message), BOB, "m.room.message", null, text("body", "two"), authEvents);

        JudgedRecord.Judged judged = judge.judge(odd);

        assertThat(judged.verdict()).isEqualTo(Verdict.REJECTED);
        assertThat(judged.rule()).isEqualTo("v11/2.2");
    }

    @Test
    void judgesAnOutlierWhenItsAuthEventsHaveCome() {
        judge.judgeAll(room.beginning);
        Pdu join = room.join(room.tip(), CAROL);
        Tip joined = new Tip(room.tip().parents(), room.after(room.tip(), join).state(), 5);
        Pdu renamed = room.make(
                joined,
                CAROL,
                "m.room.member",
                CAROL.value(),
                JsonObject.builder()
                        .put("membership", "join")
                        .put("displayname", "C")
                        .build());
        Tip renamedTip =
                new Tip(room.tip().parents(), room.after(joined, renamed).state(), 5);
        Pdu message = room.message(renamedTip, CAROL, "hello");

        judge.work(judge.outlier(renamed));
        judge.restart();
        judge.work(judge.outlier(join));
        judge.restart();
        JudgedRecord.Judged judged = judge.judge(message);

        // Check 4 holds; by the state before the event Carol is not in the room.
        assertThat(judged.verdict()).isEqualTo(Verdict.REJECTED);
        assertThat(judged.rule()).doesNotStartWith("v11/2.");
        assertThat(judge.rows.dump().get("auth " + room.roomId() + " " + renamed.eventId()))
                .contains("UNSETTLED")
                .contains("settled=Optional[Learned[standing=ACCEPTED");
    }
}
