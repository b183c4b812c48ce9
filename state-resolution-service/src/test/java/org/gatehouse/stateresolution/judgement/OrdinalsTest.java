package org.gatehouse.stateresolution.judgement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.gatehouse.stateresolution.testroom.SignedRoom.ALICE;

import java.util.List;
import org.gatehouse.cluster.ConnectedRecord.Connected;
import org.gatehouse.cluster.PduBytes;
import org.gatehouse.cluster.Verdict;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.roomversion.RoomVersions;
import org.gatehouse.stateresolution.testroom.SignedRoom;
import org.gatehouse.stateresolution.testroom.TestJudge;
import org.junit.jupiter.api.Test;

/** Events are judged in the order of their ordinals, whatever a failed publication left in the log. */
class OrdinalsTest {

    private final SignedRoom room = new SignedRoom(RoomVersions.V11);

    @Test
    void anEventAheadOfItsTurnIsLeftUntilItIsToldAgain() {
        // Given: two messages side by side, of which the second was published alone.
        TestJudge judge = new TestJudge();
        TestJudge inOrder = new TestJudge();
        judge.judgeAll(room.beginning);
        inOrder.judgeAll(room.beginning);
        Pdu one = room.message(room.tip(), ALICE, "one");
        Pdu two = room.message(room.tip(), ALICE, "two");
        Connected first = judge.connected(one);
        Connected second = judge.connected(two);
        int before = judge.outputs.size();

        // When
        judge.work(second);

        // Then
        assertThat(judge.outputs).hasSize(before);
        assertThat(judge.aheadOfTheirTurn()).isEqualTo(1);
        judge.work(List.of(judge.arrival(first), judge.arrival(second)));
        inOrder.judge(one);
        inOrder.judge(two);
        assertThat(judge.heads(room.roomId())).isEqualTo(inOrder.heads(room.roomId()));
        assertThat(judge.judged(two.eventId()).currentState())
                .isEqualTo(inOrder.judged(two.eventId()).currentState());
        assertThat(judge.aheadOfTheirTurn()).isEqualTo(1);
    }

    @Test
    void anEventThatCannotBeJudgedIsPassedOverAndTheNextOneIsNot() {
        TestJudge judge = new TestJudge();
        judge.judgeAll(room.beginning);
        Pdu broken = room.message(room.tip(), ALICE, "broken");
        Pdu sound = room.message(room.tip(), ALICE, "sound");
        Connected unreadable = unreadable(judge.connected(broken));
        Arrival poison = judge.arrival(unreadable);

        assertThatThrownBy(() -> judge.work(List.of(poison))).isInstanceOf(RuntimeException.class);
        // It comes again if it could not be put aside, also to another owner.
        judge.restart();
        assertThatThrownBy(() -> judge.work(List.of(poison))).isInstanceOf(RuntimeException.class);

        assertThat(judge.judge(sound).verdict()).isEqualTo(Verdict.ACCEPTED);
    }

    private static Connected unreadable(Connected event) {
        return new Connected(
                event.roomId(),
                event.roomVersion(),
                event.eventId(),
                event.ordinal(),
                event.source(),
                event.origin(),
                event.fanOut(),
                event.seed(),
                event.replyTo(),
                event.cause(),
                new PduBytes(new byte[] {'{'}));
    }
}
