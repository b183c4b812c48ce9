package org.gatehouse.stateresolution.judgement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gatehouse.stateresolution.testroom.SignedRoom.ALICE;
import static org.gatehouse.stateresolution.testroom.SignedRoom.BOB;
import static org.gatehouse.stateresolution.testroom.SignedRoom.CAROL;
import static org.gatehouse.stateresolution.testroom.SignedRoom.text;

import java.util.List;
import java.util.Optional;
import org.gatehouse.cluster.ConnectedRecord.Source;
import org.gatehouse.cluster.JudgedRecord;
import org.gatehouse.cluster.PolicyServer;
import org.gatehouse.cluster.Verdict;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.event.StoredPdus;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.roomversion.RoomVersion;
import org.gatehouse.matrix.roomversion.RoomVersions;
import org.gatehouse.matrix.signing.EventSigning;
import org.gatehouse.matrix.signing.PolicySignature;
import org.gatehouse.matrix.signing.SigningKey;
import org.gatehouse.stateresolution.testroom.SignedRoom;
import org.gatehouse.stateresolution.testroom.TestJudge;
import org.gatehouse.stateresolution.testroom.Tip;
import org.junit.jupiter.api.Test;

class PolicyCheckTest {

    private static final ServerName VIA = BOB.serverName();
    private static final SigningKey KEY = SigningKey.fromSeed(new byte[32], PolicySignature.KEY_ID);
    private static final PolicyServer POLICY =
            new PolicyServer(VIA, KEY.verifyKey().toBase64());

    private final SignedRoom room = new SignedRoom(RoomVersions.V11);
    private final TestJudge judge = new TestJudge();
    private final Pdu policy = room.state(room.tip(), ALICE, "m.room.policy", content(POLICY));
    private final Tip underPolicy = room.after(room.tip(), policy);

    @Test
    void thePolicyItselfNeedsNoSignatureAndStandsInTheFacts() {
        judge.judgeAll(room.beginning);

        JudgedRecord.Judged judged = judge.judge(policy);
        Pdu ended = room.state(underPolicy, ALICE, "m.room.policy", JsonObject.EMPTY);

        assertThat(judged.verdict()).isEqualTo(Verdict.ACCEPTED);
        assertThat(judge.facts().policy()).contains(POLICY);
        assertThat(judge.judge(ended).verdict()).isEqualTo(Verdict.ACCEPTED);
        assertThat(judge.facts().policy()).isEmpty();
        assertThat(judge.judge(room.message(room.after(underPolicy, ended), ALICE, "free"))
                        .verdict())
                .isEqualTo(Verdict.ACCEPTED);
    }

    @Test
    void softFailsWhatBearsNoSignatureOfThePolicyServer() {
        usePolicy();

        JudgedRecord.Judged judged = judge.judge(room.message(underPolicy, ALICE, "spam"));

        assertThat(judged.verdict()).isEqualTo(Verdict.SOFT_FAILED);
        assertThat(judged.rule()).isEqualTo("7");
        assertThat(judged.reason()).contains(VIA.value());
    }

    @Test
    void softFailsOurOwnAndWhatWasFetchedToo() {
        usePolicy();
        Pdu made = room.message(underPolicy, ALICE, "ours");
        Pdu fetched = room.message(underPolicy, BOB, "fetched");

        judge.work(judge.connected(made, Source.MADE, Optional.empty()));
        judge.work(judge.connected(fetched, Source.FETCHED, Optional.empty()));

        assertThat(judge.judged(made.eventId()).rule()).isEqualTo("7");
        assertThat(judge.judged(fetched.eventId()).rule()).isEqualTo("7");
    }

    @Test
    void acceptsWhatThePolicyServerSignedInEveryVersionOfEvents() {
        for (RoomVersion version : List.of(RoomVersions.V10, RoomVersions.V11, RoomVersions.V12)) {
            SignedRoom made = new SignedRoom(version);
            TestJudge fresh = new TestJudge();
            fresh.judgeAll(made.beginning);
            Pdu itsPolicy = made.state(made.tip(), ALICE, "m.room.policy", content(POLICY));
            fresh.judge(itsPolicy);
            Pdu message = signed(made.message(made.after(made.tip(), itsPolicy), ALICE, "fine"), KEY);

            assertThat(fresh.judge(message).verdict()).as(version.id()).isEqualTo(Verdict.ACCEPTED);
        }
    }

    @Test
    void softFailsAFalseSignature() {
        usePolicy();
        byte[] otherSeed = new byte[32];
        otherSeed[0] = 1;
        SigningKey other = SigningKey.fromSeed(otherSeed, PolicySignature.KEY_ID);

        Pdu message = signed(room.message(underPolicy, ALICE, "spam"), other);

        assertThat(judge.judge(message).rule()).isEqualTo("7");
    }

    @Test
    void rejectsWhatTheRulesRefuseWhateverThePolicyServerSays() {
        usePolicy();

        Pdu stranger = signed(room.message(underPolicy, CAROL, "hello"), KEY);

        assertThat(judge.judge(stranger).verdict()).isEqualTo(Verdict.REJECTED);
    }

    @Test
    void aPolicyServerWithoutAUserInTheRoomIsNone() {
        judge.judgeAll(room.beginning);
        PolicyServer absent = new PolicyServer(CAROL.serverName(), POLICY.ed25519());
        Pdu itsPolicy = room.state(room.tip(), ALICE, "m.room.policy", content(absent));
        judge.judge(itsPolicy);

        JudgedRecord.Judged judged = judge.judge(room.message(room.after(room.tip(), itsPolicy), ALICE, "hi"));

        assertThat(judged.verdict()).isEqualTo(Verdict.ACCEPTED);
        assertThat(judge.facts().policy()).isEmpty();
    }

    @Test
    void itsLastUserLeavingEndsIt() {
        usePolicy();
        Pdu leave = signed(room.member(underPolicy, BOB, BOB, "leave"), KEY);

        judge.judge(leave);

        assertThat(judge.facts().policy()).isEmpty();
        assertThat(judge.judge(room.message(room.after(underPolicy, leave), ALICE, "free"))
                        .verdict())
                .isEqualTo(Verdict.ACCEPTED);
    }

    @Test
    void aPolicyOfAnotherStateKeyIsAnEventLikeAnyOther() {
        usePolicy();

        Pdu other = room.make(underPolicy, ALICE, "m.room.policy", "other", content(POLICY));

        assertThat(judge.judge(other).rule()).isEqualTo("7");
    }

    @Test
    void anIncompletePolicyIsNone() {
        judge.judgeAll(room.beginning);

        judge.judge(room.state(room.tip(), ALICE, "m.room.policy", text("via", VIA.value())));

        assertThat(judge.of(org.gatehouse.cluster.RoomFacts.class))
                .allMatch(facts -> facts.policy().isEmpty());
    }

    private void usePolicy() {
        judge.judgeAll(room.beginning);
        judge.judge(policy);
    }

    private static Pdu signed(Pdu event, SigningKey key) {
        return StoredPdus.of(
                event.roomVersion(), EventSigning.addSignature(event.roomVersion(), event.json(), VIA, key));
    }

    private static JsonObject content(PolicyServer policy) {
        return JsonObject.builder()
                .put("via", policy.via().value())
                .put("public_keys", text("ed25519", policy.ed25519()))
                .build();
    }
}
