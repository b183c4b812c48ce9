package org.gatehouse.provider.authoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.gatehouse.cluster.PolicyServer;
import org.gatehouse.cluster.ReceivedRecord;
import org.gatehouse.cluster.ReplyTo;
import org.gatehouse.cluster.SendWish;
import org.gatehouse.cluster.Verdict;
import org.gatehouse.cluster.VerdictReply;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.event.EventTypes;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.event.StoredPdus;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.matrix.roomversion.RoomVersion;
import org.gatehouse.matrix.roomversion.RoomVersions;
import org.gatehouse.matrix.signing.JsonSigning;
import org.gatehouse.matrix.signing.PolicySignature;
import org.gatehouse.provider.TestSigner;
import org.gatehouse.runtime.http.MatrixError;
import org.gatehouse.runtime.log.LogUnavailable;
import org.gatehouse.runtime.trace.EventTraces;
import org.junit.jupiter.api.Test;

/** A wish becomes one event, however often it is worked. */
class MakeEventTest {

    private static final RoomId ROOM = new RoomId("!room:one.example");
    private static final UserId ALICE = new UserId("@alice:one.example");

    private static final PolicyServer POLICY = new PolicyServer(new ServerName("policy.example"), "key");

    private final TestSigner signer = new TestSigner();
    private final Sent sent = new Sent();
    private final Log log = new Log();
    private final Templates templates = new Templates();
    private final PolicyServerOfRoom policyServer = new PolicyServerOfRoom();
    private final MakeEvent make = new MakeEvent(
            templates,
            signer,
            new HaveRecommended(policyServer),
            sent,
            new LogEvent(log, log, new EventTraces(), new SecureRandom()),
            Clock.fixed(Instant.ofEpochMilli(5_000), ZoneOffset.UTC));

    @Test
    void givesTheSameEventToTheSameTransaction() {
        VerdictReply first = make.make(message("txn-1"));
        VerdictReply second = make.make(message("txn-1"));

        assertThat(second.eventId()).isEqualTo(first.eventId());
        assertThat(signer.signed()).isEqualTo(1);
        assertThat(log.events)
                .hasSize(2)
                .allMatch(event -> event.eventId().equals(first.eventId().orElseThrow()));
    }

    @Test
    void givesAnotherEventToAnotherTransaction() {
        VerdictReply first = make.make(message("txn-1"));
        templates.depth++;
        VerdictReply second = make.make(message("txn-2"));

        assertThat(second.eventId()).isNotEqualTo(first.eventId());
    }

    @Test
    void logsTheStoredEventAgainAfterTheLogWasNotThere() {
        log.available = false;
        assertThatThrownBy(() -> make.make(message("txn-1"))).isInstanceOf(LogUnavailable.class);
        EventId stored = sent.find(message("txn-1")).orElseThrow().event().eventId();
        log.available = true;
        templates.depth += 7;

        VerdictReply reply = make.make(message("txn-1"));

        assertThat(reply.eventId()).contains(stored);
        assertThat(signer.signed()).isEqualTo(1);
    }

    @Test
    void buildsASoftFailedEventOnceMore() {
        log.verdicts.add(Verdict.SOFT_FAILED);

        VerdictReply reply = make.make(message("txn-1"));

        assertThat(reply.verdict()).isEqualTo(Verdict.ACCEPTED);
        assertThat(signer.signed()).isEqualTo(2);
        assertThat(make.make(message("txn-1")).eventId()).isEqualTo(reply.eventId());
        assertThat(signer.signed()).isEqualTo(2);
    }

    @Test
    void doesNotBuildAThirdTime() {
        log.verdicts.add(Verdict.SOFT_FAILED);
        log.verdicts.add(Verdict.SOFT_FAILED);

        VerdictReply reply = make.make(message("txn-1"));

        assertThat(reply.verdict()).isEqualTo(Verdict.SOFT_FAILED);
        assertThat(signer.signed()).isEqualTo(2);
        assertThatThrownBy(() -> Acceptance.require(reply))
                .isInstanceOfSatisfying(
                        MatrixError.class, error -> assertThat(error.status()).isEqualTo(403));
    }

    @Test
    void signsNothingThatTheJudgeWouldRefuse() {
        templates.allowed = false;

        assertThatThrownBy(() -> make.make(message("txn-1"))).isInstanceOfSatisfying(MatrixError.class, error -> {
            assertThat(error.errcode()).isEqualTo("M_FORBIDDEN");
            assertThat(error.text()).isEqualTo("because");
        });
        assertThat(signer.signed()).isZero();
        assertThat(log.events).isEmpty();
    }

    @Test
    void putsTheTargetOfARedactionWhereTheVersionWantsIt() {
        templates.version = RoomVersions.V10;
        make.make(redaction());
        templates.version = RoomVersions.V11;
        sent.rows.clear();
        make.make(redaction());

        assertThat(log.events.get(0).json().string("redacts")).contains("$target");
        assertThat(log.events.get(0).content().has("redacts")).isFalse();
        assertThat(log.events.get(1).content().string("redacts")).contains("$target");
        assertThat(log.events.get(1).json().has("redacts")).isFalse();
    }

    @Test
    void mergesThePolicyServersSignatureBeforeAnythingIsLogged() {
        templates.policy = Optional.of(POLICY);

        make.make(message("txn-1"));

        assertThat(policyServer.shown).hasSize(1);
        assertThat(log.events).singleElement().satisfies(event -> {
            assertThat(event.eventId()).isEqualTo(policyServer.shown.get(0).eventId());
            assertThat(JsonSigning.signatures(event.json(), POLICY.via()).get(PolicySignature.KEY_ID))
                    .isEqualTo("recommended");
            assertThat(event.isSignedBy(ALICE.serverName())).isTrue();
        });
    }

    @Test
    void givesThePolicyServersRefusalWordForWordAndKeepsNothing() {
        templates.policy = Optional.of(POLICY);
        policyServer.refusal = Optional.of(new MatrixError(429, "ORG.EXAMPLE_SLOWER", "not so fast"));

        assertThatThrownBy(() -> make.make(message("txn-1"))).isInstanceOfSatisfying(MatrixError.class, error -> {
            assertThat(error.status()).isEqualTo(429);
            assertThat(error.errcode()).isEqualTo("ORG.EXAMPLE_SLOWER");
            assertThat(error.text()).isEqualTo("not so fast");
        });
        assertThat(log.events).isEmpty();
        assertThat(sent.rows).isEmpty();
        policyServer.refusal = Optional.empty();
        assertThat(make.make(message("txn-1")).verdict()).isEqualTo(Verdict.ACCEPTED);
    }

    @Test
    void doesNotShowThePolicyItself() {
        templates.policy = Optional.of(POLICY);

        make.make(new SendWish(
                ROOM,
                ALICE,
                "DEVICE",
                "end it",
                EventTypes.POLICY,
                Optional.of(""),
                JsonObject.EMPTY,
                Optional.empty(),
                Optional.empty()));

        assertThat(policyServer.shown).isEmpty();
        assertThat(log.events).hasSize(1);
    }

    private static SendWish message(String txnId) {
        return new SendWish(
                ROOM,
                ALICE,
                "DEVICE",
                txnId,
                "m.room.message",
                Optional.empty(),
                JsonObject.EMPTY.with("body", "hello"),
                Optional.empty(),
                Optional.empty());
    }

    private static SendWish redaction() {
        return new SendWish(
                ROOM,
                ALICE,
                "DEVICE",
                "redact",
                EventTypes.REDACTION,
                Optional.empty(),
                JsonObject.EMPTY.with("redacts", "$target").with("reason", "why"),
                Optional.empty(),
                Optional.empty());
    }

    private static final class Templates implements EventTemplates {
        private RoomVersion version = RoomVersions.V11;
        private boolean allowed = true;
        private long depth = 3;
        private Optional<PolicyServer> policy = Optional.empty();

        @Override
        public Optional<EventTemplate> template(
                RoomId roomId, UserId sender, String type, Optional<String> stateKey, JsonObject content) {
            return Optional.of(new EventTemplate(
                    version, List.of(new EventId("$head")), List.of(), depth, allowed, "v11/9", "because", policy));
        }
    }

    /** Signs, or refuses as the test says. */
    private static final class PolicyServerOfRoom implements PolicyServers {
        private final List<Pdu> shown = new ArrayList<>();
        private Optional<MatrixError> refusal = Optional.empty();

        @Override
        public String signature(Pdu event, PolicyServer policy) {
            assertThat(policy).isEqualTo(POLICY);
            shown.add(event);
            refusal.ifPresent(error -> {
                throw error;
            });
            return "recommended";
        }
    }

    private static final class Sent implements SentEvents {
        private final Map<String, Attempt> rows = new HashMap<>();

        @Override
        public Optional<Attempt> find(SendWish wish) {
            return Optional.ofNullable(rows.get(wish.deviceId() + wish.txnId()));
        }

        @Override
        public void put(SendWish wish, Attempt attempt) {
            rows.put(wish.deviceId() + wish.txnId(), attempt);
        }
    }

    /** Keeps what is logged and gives the verdicts that the test says, or else accepts. */
    private static final class Log implements RoomLog, Verdicts {
        private final List<Pdu> events = new ArrayList<>();
        private final Deque<Verdict> verdicts = new ArrayDeque<>();
        private boolean available = true;

        @Override
        public void append(ReceivedRecord entry) {
            if (!available) {
                throw new LogUnavailable("not there", new IllegalStateException());
            }
            ReceivedRecord.Made made = (ReceivedRecord.Made) entry;
            events.add(StoredPdus.read(
                    RoomVersions.require(made.roomVersion()), made.pdu().canonical()));
        }

        @Override
        public VerdictReply after(Consumer<ReplyTo> publish) {
            ReplyTo address = new ReplyTo(0, "here");
            publish.accept(address);
            Verdict verdict = verdicts.isEmpty() ? Verdict.ACCEPTED : verdicts.poll();
            return new VerdictReply(
                    address,
                    ROOM,
                    Optional.of(events.get(events.size() - 1).eventId()),
                    verdict,
                    "",
                    "",
                    1,
                    1,
                    200,
                    Optional.empty());
        }
    }
}
