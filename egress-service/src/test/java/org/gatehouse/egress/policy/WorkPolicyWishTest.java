package org.gatehouse.egress.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.gatehouse.cluster.PduBytes;
import org.gatehouse.cluster.PolicyServer;
import org.gatehouse.cluster.PolicyWish;
import org.gatehouse.cluster.ReceivedRecord.PolicyAnswer;
import org.gatehouse.egress.policy.Word.Refused;
import org.gatehouse.egress.policy.Word.Signed;
import org.gatehouse.egress.testing.FakeServer.Reply;
import org.gatehouse.egress.testing.Federation;
import org.gatehouse.egress.testing.RemoteRoom;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.event.EventHashes;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.signing.PolicySignature;
import org.gatehouse.matrix.signing.SigningKey;
import org.gatehouse.runtime.internal.ServiceUnavailable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A policy server over TLS, and what the log says of it. */
class WorkPolicyWishTest {

    private static final SigningKey KEY = SigningKey.fromSeed(new byte[32], PolicySignature.KEY_ID);
    private static final String SIGN = "POST /_matrix/policy/v1/sign";

    @TempDir
    Path folder;

    private final List<Question> askedInside = new ArrayList<>();
    private HostedPolicyServers hosted = (question, origin, deadline) -> {
        throw new AssertionError("asked inside");
    };
    private Federation federation;
    private RemoteRoom room;
    private Pdu event;

    @BeforeEach
    void start() throws Exception {
        federation = new Federation(folder);
        room = RemoteRoom.ofVersion11(federation.remote.name(), federation.remote.key());
        event = room.say("look at this");
    }

    @AfterEach
    void stop() {
        federation.close();
    }

    @Test
    void showsTheEventAndLogsTheSignature() {
        federation.remote.on(SIGN, answerWith(signature(KEY)));

        work(federation.remote.name());

        PolicyAnswer answer = logged();
        assertThat(answer.signature()).contains(signature(KEY));
        assertThat(answer.eventId()).isEqualTo(event.eventId());
        assertThat(answer.via()).isEqualTo(federation.remote.name());
        assertThat(federation.remote.requests()).singleElement().satisfies(request -> {
            assertThat(request.uri()).isEqualTo("/_matrix/policy/v1/sign");
            assertThat(request.body()).contains(event.json());
        });
    }

    @Test
    void logsARefusal() {
        federation.remote.on(
                SIGN,
                request -> new Reply(
                        400, JsonObject.EMPTY.with("errcode", "M_FORBIDDEN").with("error", "spam".repeat(500))));

        work(federation.remote.name());

        assertThat(logged().signature()).isEmpty();
        assertThat(logged().detail())
                .startsWith("refused: 400 M_FORBIDDEN spam")
                .hasSizeLessThan(300);
    }

    @Test
    void logsThatNoAnswerCameInTime() {
        CountDownLatch never = new CountDownLatch(1);
        federation.remote.on(SIGN, request -> {
            assertThat(never.await(3, TimeUnit.SECONDS)).isFalse();
            return new Reply(200, JsonObject.EMPTY);
        });

        work(federation.remote.name());

        assertThat(logged().signature()).isEmpty();
        assertThat(logged().detail()).contains("did not answer in time");
        assertThat(federation.remote.requests()).hasSize(1);
    }

    @Test
    void takesNoSignatureByAnotherKey() {
        byte[] seed = new byte[32];
        seed[0] = 1;
        federation.remote.on(SIGN, answerWith(signature(SigningKey.fromSeed(seed, PolicySignature.KEY_ID))));

        work(federation.remote.name());

        assertThat(logged().signature()).isEmpty();
        assertThat(logged().detail()).contains("not by the key");
    }

    @Test
    void takesNothingElseForASignature() {
        federation.remote.on(SIGN, JsonObject.EMPTY.with("signature", "x"));

        work(federation.remote.name());

        assertThat(logged().signature()).isEmpty();
    }

    @Test
    void saysWhenItGivesUp() {
        PolicyStandIns.workPolicyWish(federation.client, hosted, federation.logs)
                .giveUp(wish(federation.remote.name()));

        assertThat(logged().signature()).isEmpty();
        assertThat(federation.remote.requests()).isEmpty();
    }

    @Test
    void asksInsideIfThePolicyServerIsHostedHere() {
        hosted = (question, origin, deadline) -> {
            askedInside.add(question);
            return new Signed(signature(KEY));
        };

        work(PolicyStandIns.HOSTED_POLICY_SERVER);

        assertThat(logged().signature()).contains(signature(KEY));
        assertThat(askedInside).hasSize(1);
        assertThat(federation.remote.requests()).isEmpty();
    }

    @Test
    void logsNothingWhileAServiceOfOursIsAway() {
        hosted = (question, origin, deadline) -> {
            throw new ServiceUnavailable("key", "answered 500");
        };

        assertThatThrownBy(() -> work(PolicyStandIns.HOSTED_POLICY_SERVER)).isInstanceOf(ServiceUnavailable.class);
        assertThat(federation.logs.log).isEmpty();
        hosted = (question, origin, deadline) -> new Refused(400, "M_FORBIDDEN", "no");
        work(PolicyStandIns.HOSTED_POLICY_SERVER);
        assertThat(logged().detail()).isEqualTo("refused: 400 M_FORBIDDEN no");
    }

    @Test
    void signsWhatFillsAGap() throws Exception {
        federation.remote.on(SIGN, answerWith(signature(KEY)));
        PolicyServer policy = policy(federation.remote.name());

        List<Pdu> signed = federation.askAboutFetched().signed(List.of(event), policy);
        List<Pdu> again = federation.askAboutFetched().signed(signed, policy);

        assertThat(signed).singleElement().satisfies(pdu -> {
            assertThat(pdu.eventId()).isEqualTo(event.eventId());
            assertThat(PolicySignature.isValid(pdu.roomVersion(), pdu.json(), policy.via(), policy.ed25519()))
                    .isTrue();
        });
        assertThat(again).isEqualTo(signed);
        assertThat(federation.remote.requests()).hasSize(1);
    }

    @Test
    void aGapIsFilledWithoutASilentPolicyServer() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        federation.remote.on(SIGN, request -> {
            assertThat(never.await(3, TimeUnit.SECONDS)).isFalse();
            return new Reply(200, JsonObject.EMPTY);
        });
        List<Pdu> events = List.of(event, room.say("2"), room.say("3"), room.say("4"), room.say("5"), room.say("6"));
        long started = System.nanoTime();

        List<Pdu> signed = federation.askAboutFetched().signed(events, policy(federation.remote.name()));

        assertThat(signed).isEqualTo(events);
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(10));
    }

    private void work(ServerName via) {
        PolicyStandIns.workPolicyWish(federation.client, hosted, federation.logs)
                .work(wish(via));
    }

    private PolicyWish wish(ServerName via) {
        return new PolicyWish(room.roomId(), "11", event.eventId(), policy(via), new PduBytes(event.canonicalBytes()));
    }

    private static PolicyServer policy(ServerName via) {
        return new PolicyServer(via, KEY.verifyKey().toBase64());
    }

    private String signature(SigningKey key) {
        return key.signBase64(EventHashes.referenceBytes(event.roomVersion(), event.json()));
    }

    private JsonObject answerWith(String signature) {
        return JsonObject.of(
                federation.remote.name().value(), JsonObject.EMPTY.with(PolicySignature.KEY_ID.value(), signature));
    }

    private PolicyAnswer logged() {
        return federation.logs.logged(PolicyAnswer.class).get(0);
    }
}
