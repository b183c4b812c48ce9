package org.gatehouse.provider.handshake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.gatehouse.cluster.ReceivedRecord;
import org.gatehouse.cluster.ReplyTo;
import org.gatehouse.cluster.Verdict;
import org.gatehouse.cluster.VerdictReply;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.StrictJson;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.provider.TestSigner;
import org.gatehouse.provider.appservice.AppServices;
import org.gatehouse.provider.authoring.RoomLog;
import org.gatehouse.provider.authoring.Verdicts;
import org.gatehouse.provider.delivery.AwaitDelivery;
import org.gatehouse.provider.delivery.InMemoryDelivery;
import org.gatehouse.provider.door.ProviderConfig;
import org.gatehouse.provider.handshake.JoinAttempt.Outcome;
import org.gatehouse.runtime.http.MatrixError;
import org.gatehouse.runtime.internal.ServiceUnavailable;
import org.junit.jupiter.api.Test;

/** Joins through other servers, one after another; no attempt stays without an outcome. */
class JoinRemoteRoomTest {

    private static final RoomId ROOM = new RoomId("!room:far.example");
    private static final UserId ALICE = new UserId("@alice:one.example");
    private static final ServerName FAR = new ServerName("far.example");
    private static final ServerName NEAR = new ServerName("near.example");
    private static final JsonObject TEMPLATE = StrictJson.parseObject("""
            {"type": "m.room.member", "room_id": "!room:far.example", "sender": "@alice:one.example",
             "state_key": "@alice:one.example", "content": {"membership": "join"}, "depth": 12,
             "prev_events": ["$head"], "auth_events": ["$create"]}""");

    private final Remote remote = new Remote();
    private final Log log = new Log();
    private final TestSigner signer = new TestSigner();
    private final InMemoryJoinAttempts attempts = new InMemoryJoinAttempts();
    private final InMemoryDelivery delivery = new InMemoryDelivery(0, new AppServices(List.of()));
    private final JoinRemoteRoom join = new JoinRemoteRoom(new JoinThrough(
            remote,
            signer,
            attempts,
            log,
            log,
            new AwaitDelivery(delivery.listeners, delivery.timelines, new Config()),
            at(0)));

    @Test
    void logsTheBeginningBeforeItJoins() {
        join.join(ALICE, ROOM, List.of(FAR), Optional.empty());

        assertThat(log.kinds()).containsExactly("JoinBegun");
        assertThat(remote.joinedThrough).containsExactly(FAR);
        assertThat(remote.logAtJoin).containsExactly("JoinBegun");
        assertThat(attempts.outcomes()).containsExactly(Outcome.DONE);
    }

    @Test
    void triesTheNextServer() {
        remote.refusals.put(FAR, new MatrixError(404, "M_NOT_FOUND", "not here"));

        join.join(ALICE, ROOM, List.of(FAR, NEAR), Optional.empty());

        assertThat(remote.joinedThrough).containsExactly(FAR, NEAR);
        assertThat(log.kinds()).containsExactly("JoinBegun", "JoinFailed", "JoinBegun");
        assertThat(attempts.outcomes()).containsExactly(Outcome.FAILED, Outcome.DONE);
    }

    @Test
    void stopsWhereTheUserIsForbidden() {
        remote.refusals.put(FAR, MatrixError.forbidden("banned"));

        assertThatThrownBy(() -> join.join(ALICE, ROOM, List.of(FAR, NEAR), Optional.empty()))
                .isInstanceOfSatisfying(
                        MatrixError.class, error -> assertThat(error.status()).isEqualTo(403));
        assertThat(remote.joinedThrough).containsExactly(FAR);
        assertThat(attempts.open()).isEmpty();
    }

    @Test
    void signsNothingOnAHostileTemplate() {
        remote.template = TEMPLATE.with("type", "m.room.power_levels");

        assertThatThrownBy(() -> join.join(ALICE, ROOM, List.of(FAR), Optional.empty()))
                .isInstanceOf(MatrixError.class);
        assertThat(signer.signed()).isZero();
        assertThat(log.entries).isEmpty();
    }

    @Test
    void knowsNoServer() {
        assertThatThrownBy(() -> join.join(ALICE, ROOM, List.of(), Optional.empty()))
                .isInstanceOfSatisfying(
                        MatrixError.class, error -> assertThat(error.status()).isEqualTo(404));
    }

    @Test
    void leavesAnAttemptOpenWhoseEndItDoesNotKnow() {
        remote.egressIsDown = true;
        assertThatThrownBy(() -> join.join(ALICE, ROOM, List.of(FAR, NEAR), Optional.empty()))
                .isInstanceOf(ServiceUnavailable.class);
        assertThat(attempts.open()).hasSize(1);
        assertThat(log.kinds()).containsExactly("JoinBegun");

        resume(id -> false, at(59_000)).resumeAll();
        assertThat(attempts.open()).as("it may still be under way").hasSize(1);

        resume(id -> false, at(61_000)).resumeAll();
        assertThat(attempts.outcomes()).containsExactly(Outcome.FAILED);
        assertThat(log.kinds()).containsExactly("JoinBegun", "JoinFailed");
    }

    @Test
    void findsOutThatALostJoinWasDone() {
        remote.egressIsDown = true;
        assertThatThrownBy(() -> join.join(ALICE, ROOM, List.of(FAR), Optional.empty()))
                .isInstanceOf(ServiceUnavailable.class);
        EventId joinEvent = attempts.open().get(0).eventId();

        resume(joinEvent::equals, at(61_000)).resumeAll();

        assertThat(attempts.outcomes()).containsExactly(Outcome.DONE);
        assertThat(log.kinds()).containsExactly("JoinBegun");
    }

    private ResumeJoins resume(KnownEvents known, Clock clock) {
        return new ResumeJoins(attempts, known, log, clock, new Config());
    }

    private static Clock at(long millis) {
        return Clock.fixed(Instant.ofEpochMilli(millis), ZoneOffset.UTC);
    }

    private final class Remote implements RemoteRooms {
        private final Map<ServerName, MatrixError> refusals = new HashMap<>();
        private final List<ServerName> joinedThrough = new ArrayList<>();
        private List<String> logAtJoin = List.of();
        private JsonObject template = TEMPLATE;
        private boolean egressIsDown;

        @Override
        public RawTemplate makeMembership(ServerName destination, UserId userId, RoomId roomId, String membership) {
            return new RawTemplate("11", template);
        }

        @Override
        public void join(ServerName destination, Pdu event, String attemptId, ReplyTo replyTo) {
            joinedThrough.add(destination);
            logAtJoin = log.kinds();
            if (egressIsDown) {
                throw new ServiceUnavailable("egress", "is not there");
            }
            if (refusals.containsKey(destination)) {
                throw refusals.get(destination);
            }
        }

        @Override
        public void leave(ServerName destination, Pdu event) {
            throw new AssertionError("nobody leaves");
        }

        @Override
        public Pdu invite(ServerName destination, Pdu event, List<Pdu> inviteState) {
            throw new AssertionError("nobody is invited");
        }
    }

    private static final class Log implements RoomLog, Verdicts {
        private final List<ReceivedRecord> entries = new ArrayList<>();

        @Override
        public void append(ReceivedRecord entry) {
            entries.add(entry);
        }

        List<String> kinds() {
            return entries.stream()
                    .map(entry -> entry.getClass().getSimpleName())
                    .toList();
        }

        @Override
        public VerdictReply after(Consumer<ReplyTo> publish) {
            ReplyTo address = new ReplyTo(0, "here");
            publish.accept(address);
            return new VerdictReply(
                    address,
                    ROOM,
                    Optional.of(new EventId("$join")),
                    Verdict.ACCEPTED,
                    "",
                    "",
                    1,
                    1,
                    200,
                    Optional.empty());
        }
    }

    private static final class Config implements ProviderConfig {
        @Override
        public boolean clientDoor() {
            return true;
        }

        @Override
        public Optional<List<String>> appServices() {
            return Optional.empty();
        }

        @Override
        public Duration verdictTimeout() {
            return Duration.ofSeconds(1);
        }

        @Override
        public Duration deliveryTimeout() {
            return Duration.ofMillis(1);
        }

        @Override
        public Duration syncTimeout() {
            return Duration.ofSeconds(1);
        }

        @Override
        public Duration joinTimeout() {
            return Duration.ofSeconds(60);
        }
    }
}
