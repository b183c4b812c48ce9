package org.gatehouse.egress.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.gatehouse.cluster.BulkRecord;
import org.gatehouse.cluster.ReceivedRecord.JoinDone;
import org.gatehouse.cluster.ReplyTo;
import org.gatehouse.egress.connection.Unreachable;
import org.gatehouse.egress.membership.InviteUser.Invite;
import org.gatehouse.egress.membership.JoinRoom.Join;
import org.gatehouse.egress.membership.MembershipTemplate.Wish;
import org.gatehouse.egress.remote.RemoteErrors;
import org.gatehouse.egress.remote.RemoteRefusal;
import org.gatehouse.egress.testing.FakeServer;
import org.gatehouse.egress.testing.FakeServer.Reply;
import org.gatehouse.egress.testing.Federation;
import org.gatehouse.egress.testing.RemoteRoom;
import org.gatehouse.egress.testing.StandIns;
import org.gatehouse.egress.verification.CheckEvents;
import org.gatehouse.egress.verification.VerifyKeys;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.JsonString;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.KeyId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.matrix.roomversion.RoomVersion;
import org.gatehouse.matrix.roomversion.RoomVersions;
import org.gatehouse.matrix.signing.EventSigning;
import org.gatehouse.matrix.signing.ServerKeys;
import org.gatehouse.matrix.signing.SigningKey;
import org.gatehouse.runtime.http.MatrixError;
import org.gatehouse.runtime.internal.ServiceUnavailable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Handshakes with a homeserver over TLS, among them rows N10 and N11 of the hostile input list. */
class HandshakeTest {

    private static final UserId USER = new UserId("@u:" + Federation.OURS);
    private static final ReplyTo REPLY = new ReplyTo(3, "c");

    @TempDir
    Path folder;

    private Federation federation;
    private FakeServer remote;
    private RemoteRoom room;
    private CheckEvents check;

    @BeforeEach
    void start() throws Exception {
        federation = new Federation(folder);
        remote = federation.remote;
        room = RemoteRoom.ofVersion11(remote.name(), remote.key());
        check = new CheckEvents(federation.keys, Clock.systemUTC());
    }

    @AfterEach
    void stop() {
        federation.close();
    }

    @Test
    void fetchesATemplateSignedInOurName() {
        remote.on("GET /_matrix/federation/v1/make_join/", template(RemoteRoom.content("membership", "join")));

        JsonObject made = new MakeMembership(federation.client).make(wish("join"));

        assertThat(made.object("event").flatMap(event -> event.array("prev_events")))
                .contains(RemoteRoom.ids(List.of(room.last())));
        assertThat(remote.requests().get(0).uri()).endsWith("?ver=11&ver=12");
    }

    @Test
    void refusesAHostileTemplate() {
        remote.on("GET /_matrix/federation/v1/make_join/", template(RemoteRoom.content("membership", "leave")));

        assertThatThrownBy(() -> new MakeMembership(federation.client).make(wish("join")))
                .isInstanceOf(HostileAnswer.class);
    }

    @Test
    void givesUpATemplateThatIsTooLong() {
        remote.on("GET /_matrix/federation/v1/make_join/", JsonObject.of("x", new JsonString("x".repeat(300_000))));

        assertThatThrownBy(() -> new MakeMembership(federation.client).make(wish("join")))
                .isInstanceOf(Unreachable.class);
    }

    @Test
    void tellsTheCallerWhatIsAboutTheRoomAndNothingElse() {
        assertThat(errorFor(403, "M_FORBIDDEN")).isEqualTo("403 M_FORBIDDEN");
        assertThat(errorFor(404, "M_NOT_FOUND")).isEqualTo("404 M_NOT_FOUND");
        assertThat(errorFor(400, "M_UNABLE_TO_GRANT_JOIN")).isEqualTo("400 M_UNABLE_TO_GRANT_JOIN");
        assertThat(errorFor(400, "M_INVALID_PARAM")).isEqualTo("502 M_UNKNOWN");
        assertThat(errorFor(401, "M_UNAUTHORIZED")).isEqualTo("502 M_UNKNOWN");
        assertThat(errorFor(429, "M_LIMIT_EXCEEDED")).isEqualTo("502 M_UNKNOWN");
        assertThat(errorFor(500, "M_UNKNOWN")).isEqualTo("502 M_UNKNOWN");
        assertThat(errorFor(404, "M_UNRECOGNIZED")).isEqualTo("502 M_UNKNOWN");
    }

    @Test
    void joinsAndLogsTheStateBefore() {
        Pdu topic = room.put("m.room.topic", "", RemoteRoom.content("topic", "x"));
        Pdu join = ourJoin(room, JsonObject.EMPTY);
        remote.on("PUT /_matrix/federation/v2/send_join/", answer(room.state(), room.state()));

        EventId joined = joinRoom(room, join);

        JoinDone done = onlyJoin();
        assertThat(joined).isEqualTo(join.eventId());
        assertThat(done.eventId()).isEqualTo(join.eventId());
        assertThat(done.replyTo()).contains(REPLY);
        assertThat(done.via()).isEqualTo(remote.name());
        assertThat(done.attemptId()).isEqualTo("attempt");
        List<BulkRecord> bulk = federation.logs.in(done.state());
        assertThat(bulk).hasSize(4).allMatch(record -> record.role() == BulkRecord.Role.STATE);
        assertThat(bulk.get(0).eventId())
                .isEqualTo(room.state("m.room.create", "").eventId());
        assertThat(StandIns.Logs.ids(bulk)).contains(topic.eventId().toString());
        assertThat(remote.requests().get(0).uri()).endsWith("?omit_members=false");
        assertThat(federation.keys.asked).as("keys are fetched for all at once").isEqualTo(2);
    }

    @Test
    void joinsARoomWhoseIdIsAHash() {
        room = new RemoteRoom(RoomVersions.V12, remote.name(), remote.key());
        Pdu join = ourJoin(room, JsonObject.EMPTY);
        remote.on("PUT /_matrix/federation/v2/send_join/", answer(room.state(), room.state()));

        joinRoom(room, join);

        assertThat(federation.logs.in(onlyJoin().state())).hasSize(3);
    }

    @Test
    void marksWhatIsOnlyInTheAuthChain() {
        Pdu first = room.state("m.room.join_rules", "");
        room.put("m.room.join_rules", "", RemoteRoom.content("join_rule", "public"));
        Pdu join = ourJoin(room, JsonObject.EMPTY);
        List<Pdu> chain = new ArrayList<>(room.state());
        chain.add(first);
        remote.on("PUT /_matrix/federation/v2/send_join/", answer(room.state(), chain));

        joinRoom(room, join);

        assertThat(federation.logs.in(onlyJoin().state()))
                .filteredOn(record -> record.role() == BulkRecord.Role.AUTH)
                .extracting(BulkRecord::eventId)
                .containsExactly(first.eventId());
    }

    @Test
    void takesTheCoSignatureOfARestrictedJoinAndNothingElse() {
        JsonObject authorised = RemoteRoom.content(
                "join_authorised_via_users_server", room.creator().toString());
        Pdu join = ourJoin(room, authorised);
        JsonObject coSigned = EventSigning.addSignature(room.version(), join.json(), remote.name(), remote.key())
                .with("unsigned", RemoteRoom.content("x", "y"));
        remote.on(
                "PUT /_matrix/federation/v2/send_join/",
                answer(room.state(), room.state()).with("event", coSigned));

        joinRoom(room, join);

        JsonObject logged = org.gatehouse.matrix.event.StoredPdus.read(
                        room.version(), onlyJoin().pdu().canonical())
                .json();
        assertThat(logged).isEqualTo(coSigned.without("unsigned"));
    }

    @Test
    void refusesARestrictedJoinWithoutCoSignature() {
        JsonObject authorised = RemoteRoom.content(
                "join_authorised_via_users_server", room.creator().toString());
        Pdu join = ourJoin(room, authorised);

        assertJoinFails("no co-signature", join, answer(room.state(), room.state()));
    }

    @Test
    void dropsBadEventsAlone() {
        SigningKey impostor =
                SigningKey.generate(new SecureRandom(), remote.key().id());
        Pdu join = ourJoin(room, JsonObject.EMPTY);
        Pdu forged = RemoteRoom.signed(
                room.version(),
                room.onTop(room.creator(), "m.room.topic").stateKey("").build().toJson(),
                remote.name(),
                impostor);
        List<Pdu> state = new ArrayList<>(room.state());
        state.add(forged);
        JsonObject answer = answer(state, state);
        List<org.gatehouse.matrix.canonicaljson.JsonValue> entries =
                new ArrayList<>(answer.array("state").orElseThrow().values());
        entries.add(new JsonString("no event"));
        entries.add(JsonObject.EMPTY);
        entries.add(otherRoom("m.room.topic").json());
        entries.add(room.say("not state").json());
        entries.add(missingAuth("m.room.name").json());
        remote.on("PUT /_matrix/federation/v2/send_join/", answer.with("state", JsonArray.of(entries)));

        joinRoom(room, join);

        assertThat(StandIns.Logs.ids(federation.logs.in(onlyJoin().state())))
                .contains(room.state("m.room.create", "").eventId().toString())
                .doesNotContain(forged.eventId().toString());
        assertThat(federation.logs.in(onlyJoin().state()).stream()
                        .filter(record -> record.role() == BulkRecord.Role.STATE))
                .hasSize(3);
    }

    @Test
    void ofTwoEventsInOneSlotTakesTheFirst() {
        Pdu second = room.put("m.room.join_rules", "", RemoteRoom.content("join_rule", "invite"));
        Pdu join = ourJoin(room, JsonObject.EMPTY);
        List<Pdu> state = new ArrayList<>(room.state());
        state.add(room.events().get(2));
        remote.on("PUT /_matrix/federation/v2/send_join/", answer(state, state));

        joinRoom(room, join);

        assertThat(federation.logs.in(onlyJoin().state()))
                .filteredOn(record -> record.role() == BulkRecord.Role.STATE)
                .extracting(BulkRecord::eventId)
                .contains(second.eventId())
                .doesNotContain(room.events().get(2).eventId());
    }

    @Test
    void keepsAnEventWithAWrongHashAsOurRedactedCopy() {
        Pdu topic = room.put("m.room.topic", "", RemoteRoom.content("topic", "true"));
        Pdu join = ourJoin(room, JsonObject.EMPTY);
        JsonObject answer = answer(room.state(), room.state());
        JsonObject changed = topic.json().with("content", RemoteRoom.content("topic", "false"));
        List<JsonObject> state = new ArrayList<>(room.state().stream()
                .map(Pdu::json)
                .filter(json -> !json.equals(topic.json()))
                .toList());
        state.add(changed);
        remote.on(
                "PUT /_matrix/federation/v2/send_join/",
                answer.with("state", JsonArray.of(state)).with("auth_chain", JsonArray.of(state)));

        joinRoom(room, join);

        BulkRecord kept = federation.logs.in(onlyJoin().state()).stream()
                .filter(record -> record.eventId().equals(topic.eventId()))
                .findFirst()
                .orElseThrow();
        assertThat(kept.pdu().orElseThrow().toString()).contains("\"content\":{}");
    }

    @Test
    void refusesAnswersOnWhichNoJoinCanBeBuilt() {
        Pdu join = ourJoin(room, JsonObject.EMPTY);
        hostileAnswers(join).forEach((name, answer) -> assertJoinFails(name, join, answer));
    }

    @Test
    void refusesARoomOfAnotherVersion() {
        Pdu join = ourJoin(room, JsonObject.EMPTY);
        remote.on("PUT /_matrix/federation/v2/send_join/", answer(room.state(), room.state()));

        assertThatThrownBy(() -> joinRoom(RoomVersions.V10, room, join)).isInstanceOf(RuntimeException.class);
        assertThat(federation.logs.log).isEmpty();
    }

    @Test
    void logsNothingIfTheServerRefuses() {
        Pdu join = ourJoin(room, JsonObject.EMPTY);
        remote.on("PUT /_matrix/federation/v2/send_join/", request -> new Reply(403, FakeServer.error("M_FORBIDDEN")));

        assertThatThrownBy(() -> joinRoom(room, join)).isInstanceOf(RemoteRefusal.class);
        assertThat(federation.logs.log).isEmpty();
        assertThat(federation.logs.bulk).isEmpty();
    }

    @Test
    void invitesAndTakesTheSignature() {
        JsonObject invite = ourInvite();
        remote.on("PUT /_matrix/federation/v2/invite/", request -> {
            JsonObject event = request.body().orElseThrow().object("event").orElseThrow();
            return new Reply(200, JsonObject.of("event", coSigned(event, remote.key())));
        });

        JsonObject signed = inviteUser(invite);

        assertThat(signed).isEqualTo(coSigned(invite, remote.key()));
    }

    @Test
    void refusesAnswersThatAreNotOurInviteSigned() {
        JsonObject invite = ourInvite();
        SigningKey impostor =
                SigningKey.generate(new SecureRandom(), remote.key().id());
        SigningKey unknown = SigningKey.generate(new SecureRandom(), FakeServer.keyId("unknown"));
        Map<String, JsonObject> answers = new LinkedHashMap<>();
        answers.put("unsigned", JsonObject.of("event", invite));
        answers.put("false signature", JsonObject.of("event", coSigned(invite, impostor)));
        answers.put("unknown key", JsonObject.of("event", coSigned(invite, unknown)));
        answers.put("no event", JsonObject.EMPTY);
        answers.put("another event", JsonObject.of("event", coSigned(invite.with("depth", 99), remote.key())));
        answers.forEach((name, answer) -> {
            remote.on("PUT /_matrix/federation/v2/invite/", answer);
            assertThatThrownBy(() -> inviteUser(invite)).as(name).isInstanceOf(HostileAnswer.class);
        });
    }

    @Test
    void looksAgainForTheKeysOfWhoSignedAnInvite() {
        JsonObject invite = ourInvite();
        remote.on("PUT /_matrix/federation/v2/invite/", JsonObject.of("event", coSigned(invite, remote.key())));
        KeysAtLast keys = new KeysAtLast(federation.keys, 3, List.of());

        JsonObject signed = inviteUser(invite, keys, Clock.systemUTC());

        assertThat(signed).isEqualTo(coSigned(invite, remote.key()));
        assertThat(keys.looks).isEqualTo(4);
    }

    @Test
    void keysThatAreNotToBeHadAreNoFaultOfTheServer() {
        JsonObject invite = ourInvite();
        remote.on("PUT /_matrix/federation/v2/invite/", JsonObject.of("event", coSigned(invite, remote.key())));
        Map<String, VerifyKeys> keys = new LinkedHashMap<>();
        keys.put("nothing known", new KeysAtLast(federation.keys, Integer.MAX_VALUE, List.of()));
        keys.put("known, but not until then", new KeysAtLast(federation.keys, Integer.MAX_VALUE, List.of(stale())));
        keys.put("key-service does not answer", (wanted, until) -> {
            throw new ServiceUnavailable("key", "does not answer");
        });
        keys.forEach((name, each) -> assertThatThrownBy(() -> inviteUser(invite, each, new HurryingClock()))
                .as(name)
                .isInstanceOfSatisfying(MatrixError.class, error -> {
                    assertThat(error.status()).isEqualTo(503);
                    assertThat(error.retryAfter()).contains(Duration.ofSeconds(30));
                    assertThat(error.text()).contains("keys of " + remote.name());
                }));
    }

    @Test
    void aFalseSignatureIsNotLookedAtTwice() {
        JsonObject invite = ourInvite();
        SigningKey impostor =
                SigningKey.generate(new SecureRandom(), remote.key().id());
        remote.on("PUT /_matrix/federation/v2/invite/", JsonObject.of("event", coSigned(invite, impostor)));
        KeysAtLast keys = new KeysAtLast(federation.keys, 0, List.of());

        assertThatThrownBy(() -> inviteUser(invite, keys, Clock.systemUTC())).isInstanceOf(HostileAnswer.class);

        assertThat(keys.looks).isEqualTo(1);
    }

    private ServerKeys stale() {
        return new ServerKeys(
                remote.name(),
                new TreeMap<>(Map.of(remote.key().id(), remote.key().verifyKey())),
                new TreeMap<>(),
                1,
                JsonObject.EMPTY);
    }

    /** Knows no better than to begin with, for so many looks. */
    private static final class KeysAtLast implements VerifyKeys {
        private final VerifyKeys atLast;
        private final int inVain;
        private final List<ServerKeys> meanwhile;
        private int looks;

        KeysAtLast(VerifyKeys atLast, int inVain, List<ServerKeys> meanwhile) {
            this.atLast = atLast;
            this.inVain = inVain;
            this.meanwhile = meanwhile;
        }

        @Override
        public List<ServerKeys> find(Map<ServerName, Set<KeyId>> wanted, long minimumValidUntilTs) {
            return looks++ < inVain ? meanwhile : atLast.find(wanted, minimumValidUntilTs);
        }
    }

    /** Four seconds pass between two looks at it. */
    private static final class HurryingClock extends Clock {
        private Instant now = Instant.now();

        @Override
        public Instant instant() {
            now = now.plusSeconds(4);
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }

    private Map<String, JsonObject> hostileAnswers(Pdu join) {
        List<Pdu> state = room.state();
        Map<String, JsonObject> answers = new LinkedHashMap<>();
        answers.put("nothing", JsonObject.EMPTY);
        answers.put("no state", answer(state, state).without("state"));
        answers.put("no auth chain field", answer(state, state).without("auth_chain"));
        answers.put("state is no array", answer(state, state).with("state", "x"));
        answers.put("members omitted", answer(state, state).with("members_omitted", true));
        answers.put("no create", answer(state.subList(1, 3), state.subList(1, 3)));
        answers.put("create only in the chain", answer(state.subList(1, 3), state));
        answers.put("no auth events of our join", answer(List.of(state.get(0)), List.of(state.get(0))));
        List<Pdu> twoCreates = new ArrayList<>(state);
        twoCreates.add(RemoteRoom.signed(
                room.version(),
                state.get(0).json().without("hashes", "signatures").with("depth", 1),
                remote.name(),
                remote.key()));
        answers.put("another create in the chain", answer(state, twoCreates));
        Pdu wrongVersion = RemoteRoom.signed(
                room.version(),
                state.get(0)
                        .json()
                        .without("hashes", "signatures")
                        .with("content", RemoteRoom.content("room_version", "10")),
                remote.name(),
                remote.key());
        answers.put("create of another version", answer(List.of(wrongVersion), List.of(wrongVersion)));
        answers.put(
                "another event", answer(state, state).with("event", room.last().json()));
        return answers;
    }

    private void assertJoinFails(String name, Pdu join, JsonObject answer) {
        remote.on("PUT /_matrix/federation/v2/send_join/", answer);
        assertThatThrownBy(() -> joinRoom(room, join)).as(name).isInstanceOf(HostileAnswer.class);
        assertThat(federation.logs.log).as(name).isEmpty();
        assertThat(federation.logs.bulk).as(name).isEmpty();
    }

    private EventId joinRoom(RemoteRoom target, Pdu join) {
        return joinRoom(target.version(), target, join);
    }

    private EventId joinRoom(RoomVersion version, RemoteRoom target, Pdu join) {
        return new JoinRoom(federation.client, check, federation.logs)
                .join(new Join(
                        remote.name(),
                        Federation.OURS,
                        target.roomId(),
                        version,
                        join.json(),
                        "attempt",
                        Optional.of(REPLY)));
    }

    private JoinDone onlyJoin() {
        assertThat(federation.logs.log).hasSize(1);
        return federation.logs.logged(JoinDone.class).get(0);
    }

    private Pdu ourJoin(RemoteRoom target, JsonObject content) {
        JsonObject draft = target.onTop(USER, "m.room.member")
                .stateKey(USER.toString())
                .content(content.with("membership", "join"))
                .build()
                .toJson();
        return RemoteRoom.signed(target.version(), draft, Federation.OURS, federation.ourKey);
    }

    private Pdu otherRoom(String type) {
        JsonObject draft = room.onTop(room.creator(), type)
                .roomId(new org.gatehouse.matrix.identifier.RoomId("!other:x.example"))
                .stateKey("")
                .build()
                .toJson();
        return RemoteRoom.signed(room.version(), draft, remote.name(), remote.key());
    }

    private Pdu missingAuth(String type) {
        return room.sign(room.onTop(room.creator(), type)
                .stateKey("")
                .authEvents(List.of(new EventId("$" + "m".repeat(43))))
                .build());
    }

    private JsonObject ourInvite() {
        JsonObject draft = room.onTop(USER, "m.room.member")
                .stateKey("@v:" + remote.name())
                .content(RemoteRoom.content("membership", "invite"))
                .build()
                .toJson();
        return EventSigning.hashAndSign(room.version(), draft, Federation.OURS, federation.ourKey);
    }

    private JsonObject inviteUser(JsonObject invite) {
        return inviteUser(invite, federation.keys, Clock.systemUTC());
    }

    private JsonObject inviteUser(JsonObject invite, VerifyKeys keys, Clock clock) {
        return new InviteUser(federation.client, keys, clock, Duration.ofMillis(1))
                .invite(new Invite(
                        remote.name(), Federation.OURS, room.roomId(), room.version(), invite, JsonArray.EMPTY));
    }

    private JsonObject coSigned(JsonObject event, SigningKey key) {
        return EventSigning.addSignature(room.version(), event, remote.name(), key);
    }

    private String errorFor(int status, String errcode) {
        remote.on("GET /_matrix/federation/v1/make_join/", request -> new Reply(status, FakeServer.error(errcode)));
        try {
            new MakeMembership(federation.client).make(wish("join"));
            return "none";
        } catch (RuntimeException e) {
            MatrixError error = RemoteErrors.of(remote.name(), e);
            return error.status() + " " + error.errcode();
        }
    }

    private Wish wish(String membership) {
        return new Wish(remote.name(), Federation.OURS, room.roomId(), USER, membership, List.of("11", "12"));
    }

    private JsonObject template(JsonObject content) {
        JsonObject event = room.onTop(USER, "m.room.member")
                .stateKey(USER.toString())
                .content(content)
                .build()
                .toJson();
        return JsonObject.builder()
                .put("room_version", "11")
                .put("event", event)
                .build();
    }

    private static JsonObject answer(List<Pdu> state, List<Pdu> chain) {
        return JsonObject.of("state", RemoteRoom.array(state), "auth_chain", RemoteRoom.array(chain));
    }
}
