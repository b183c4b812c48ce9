package org.gatehouse.integration.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.gatehouse.integration.Rooms;
import org.gatehouse.local.ChildProcess.Signal;
import org.gatehouse.local.ClusterService;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.JsonValue;
import org.gatehouse.matrix.event.StateKey;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.testkit.ClientUser;
import org.gatehouse.testkit.FederationPeer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Alice is a user of ours, Sam one of Synapse; each test runs in rooms of version 10, 11 and 12. */
@Tag("interop")
@ExtendWith(SynapseTest.SayWhereTheLogsAre.class)
class SynapseTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String TOPIC = "m.room.topic";
    private static final String POWER_LEVELS = "m.room.power_levels";

    private static Stage stage;

    private final ClientUser alice = stage.hosted("alice");
    private final ClientUser sam = stage.foreign("sam");

    @BeforeAll
    static void start() {
        stage = Stage.start();
        try (FederationPeer witness = stage.witness()) {
            JsonObject version = witness.get(stage.synapse().name(), "/_matrix/federation/v1/version")
                    .object();
            System.out.println("peer: " + version.object("server").orElseThrow());
        }
    }

    @AfterAll
    static void stop() {
        stage.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2", "3", "6", "9", "10", "11", "12"})
    void ourUserJoinsARoomOfSynapse(String version) {
        RoomId room = Rooms.publicRoom(sam, version);
        sam.say(room, "before you came");

        aliceJoins(room);

        theyConverse(room);
        assertThat(membership(sam, room, alice.id())).contains("join");
        assertThat(membership(alice, room, sam.id())).contains("join");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2", "3", "6", "9", "10", "11", "12"})
    void aUserOfSynapseJoinsOurRoom(String version) {
        RoomId room = Rooms.publicRoom(alice, version);
        alice.say(room, "before you came");

        samJoins(room);

        theyConverse(room);
        assertThat(membership(sam, room, alice.id())).contains("join");
        assertThat(membership(alice, room, sam.id())).contains("join");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "3", "6", "10", "11", "12"})
    void ourInviteIsAcceptedAtSynapse(String version) {
        RoomId room = Rooms.privateRoom(alice, sam.id(), version);
        sam.awaitInvite(room, PATIENCE);

        samJoins(room);

        theyConverse(room);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "3", "6", "10", "11", "12"})
    void anInviteOfSynapseIsAcceptedByUs(String version) {
        RoomId room = Rooms.privateRoom(sam, alice.id(), version);
        alice.awaitInvite(room, PATIENCE);

        aliceJoins(room);

        theyConverse(room);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10", "11", "12"})
    void ourInviteIsRejectedAtSynapse(String version) {
        RoomId room = Rooms.privateRoom(alice, sam.id(), version);
        sam.awaitInvite(room, PATIENCE);

        sam.membership(room, "leave", JsonObject.EMPTY).ok();

        awaitMembership(alice, room, sam.id(), "leave");
    }

    @ParameterizedTest
    @ValueSource(strings = {"10", "11", "12"})
    void anInviteOfSynapseIsRejectedByUs(String version) {
        RoomId room = Rooms.privateRoom(sam, alice.id(), version);
        alice.awaitInvite(room, PATIENCE);

        alice.membership(room, "leave", JsonObject.EMPTY).ok();

        awaitMembership(sam, room, alice.id(), "leave");
    }

    @ParameterizedTest
    @ValueSource(strings = {"10", "11", "12"})
    void topicsAndPowerLevelsFlowBothWays(String version) {
        RoomId room = ourRoomWithSam(version);

        alice.setState(room, TOPIC, "", Rooms.topic("of alice")).ok();
        awaitState(sam, room, TOPIC, Rooms.topic("of alice"));
        sam.setState(room, TOPIC, "", Rooms.topic("of sam")).ok();
        awaitState(alice, room, TOPIC, Rooms.topic("of sam"));

        JsonObject raised = powerLevels(alice, room).with("events_default", 10);
        alice.setState(room, POWER_LEVELS, "", raised).ok();
        awaitState(sam, room, POWER_LEVELS, raised);
        theyConverse(room);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10", "11", "12"})
    void powerLevelsOfSynapseBindUs(String version) {
        RoomId room = synapseRoomWithAlice(version);
        JsonObject strict = powerLevels(sam, room).with("events_default", 60);

        sam.setState(room, POWER_LEVELS, "", strict).ok();

        awaitState(alice, room, POWER_LEVELS, strict);
        ClientUser.Answer refused = alice.send(room, "m.room.message", JsonObject.EMPTY.with("body", "may I?"));
        assertThat(refused.status()).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10", "11", "12"})
    void weKickAndBanAUserOfSynapse(String version) {
        RoomId room = Rooms.publicRoom(alice, version);
        samJoins(room);
        theyConverse(room);

        alice.membership(room, "kick", user(sam.id())).ok();
        awaitLeft(sam, room);
        samJoins(room);
        theyConverse(room);
        alice.membership(room, "ban", user(sam.id())).ok();
        awaitLeft(sam, room);

        assertThat(sam.join(room, stage.ours().toString()).status()).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10", "11", "12"})
    void synapseKicksAndBansAUserOfOurs(String version) {
        RoomId room = Rooms.publicRoom(sam, version);
        aliceJoins(room);
        theyConverse(room);

        sam.membership(room, "kick", user(alice.id())).ok();
        awaitLeft(alice, room);
        aliceJoins(room);
        theyConverse(room);
        sam.membership(room, "ban", user(alice.id())).ok();
        awaitLeft(alice, room);

        assertThat(alice.join(room, stage.synapse().name().toString()).status()).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "3", "6", "10", "11", "12"})
    void bothAgreeAfterAHundredEventsAndTwoForksInOurRoom(String version) {
        RoomId room = ourRoomWithSam(version);

        agreeAfterAHundredEventsAndTwoForks(room, alice);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "3", "6", "10", "11", "12"})
    void bothAgreeAfterAHundredEventsAndTwoForksInARoomOfSynapse(String version) {
        RoomId room = synapseRoomWithAlice(version);

        agreeAfterAHundredEventsAndTwoForks(room, sam);
    }

    private void agreeAfterAHundredEventsAndTwoForks(RoomId room, ClientUser owner) {
        try (FederationPeer witness = stage.witness()) {
            UserId present = witness.identity().user("witness");
            owner.invite(room, present).ok();
            witness.join(owner == alice ? stage.ours() : stage.synapse().name(), room, present);

            List<EventId> events = new ArrayList<>(mixedEvents(room, 0, 32));
            events.addAll(tied(room, witness, forkWhileWeDoNotSpeak(room)));
            events.addAll(mixedEvents(room, 32, 63));
            events.addAll(tied(room, witness, forkWhileWeDoNotListen(room)));
            events.addAll(mixedEvents(room, 63, 94));
            assertThat(events).hasSize(100);

            EventId last = alice.say(room, "last");
            bothHave(room, List.of(last));
            bothAgree(room, witness, last);
            assertThat(clientState(alice, witness, room, last)).isEqualTo(clientState(sam, witness, room, last));
        }
    }

    /** Checks that it is a fork, ends it by a message, and compares both sides' resolution of it. */
    private List<EventId> tied(RoomId room, FederationPeer witness, List<EventId> fork) {
        assertThat(parents(witness, fork.get(0))).isEqualTo(parents(witness, fork.get(1)));

        EventId tie = alice.say(room, "tied");
        bothHave(room, List.of(tie));

        assertThat(parents(witness, tie))
                .containsAll(fork.stream().map(EventId::toString).toList());
        bothAgree(room, witness, tie);
        assertThat(alice.state(room, TOPIC, "")).isEqualTo(sam.state(room, TOPIC, ""));
        List<EventId> events = new ArrayList<>(fork);
        events.add(tie);
        return events;
    }

    private static void bothAgree(RoomId room, FederationPeer witness, EventId at) {
        Rooms.StateIds here = Rooms.stateIds(witness, stage.ours(), room, at);
        Rooms.StateIds there = Rooms.stateIds(witness, stage.synapse().name(), room, at);
        assertThat(here.state()).isEqualTo(there.state());
        assertThat(here.authChain()).isEqualTo(there.authChain());
    }

    private static Set<String> parents(FederationPeer witness, EventId event) {
        FederationPeer.Answer answer =
                witness.get(stage.ours(), "/_matrix/federation/v1/event/" + FederationPeer.encode(event.toString()));
        assertThat(answer.status()).isEqualTo(200);
        JsonObject pdu = (JsonObject)
                answer.object().array("pdus").orElseThrow().values().get(0);
        Set<String> parents = new TreeSet<>();
        for (JsonValue reference : pdu.array("prev_events").orElseThrow().values()) {
            parents.add(idOf(reference).asString().orElseThrow());
        }
        return parents;
    }

    /** Room versions 1 and 2 write pairs of an ID and hashes. */
    private static JsonValue idOf(JsonValue reference) {
        return reference instanceof JsonArray pair ? pair.values().get(0) : reference;
    }

    /** Messages, events of a custom type and state, one of ours and one of Synapse's in turn. */
    private List<EventId> mixedEvents(RoomId room, int from, int to) {
        List<EventId> sent = new ArrayList<>();
        for (int i = from; i < to; i++) {
            ClientUser user = i % 2 == 0 ? alice : sam;
            sent.add(
                    switch (i % 8) {
                        case 2, 3 -> Rooms.eventId(user.setState(room, TOPIC, "", Rooms.topic("number " + i)));
                        case 4, 5 ->
                            Rooms.eventId(user.setState(
                                    room,
                                    "org.gatehouse.mood",
                                    user.id().toString(),
                                    JsonObject.EMPTY.with("mood", i)));
                        case 6 ->
                            Rooms.eventId(user.send(room, "org.gatehouse.note", JsonObject.EMPTY.with("note", i)));
                        default -> user.say(room, "message " + i);
                    });
        }
        bothHave(room, sent);
        return sent;
    }

    /** Our gate out is frozen: Alice's topic is not heard when Sam sets his. */
    private List<EventId> forkWhileWeDoNotSpeak(RoomId room) {
        signal(ClusterService.EGRESS, Signal.STOP);
        List<EventId> fork;
        try {
            EventId first = Rooms.eventId(alice.setState(room, TOPIC, "", Rooms.topic("of alice, unheard")));
            fork = List.of(first, Rooms.eventId(sam.setState(room, TOPIC, "", Rooms.topic("of sam, meanwhile"))));
        } finally {
            signal(ClusterService.EGRESS, Signal.CONT);
        }
        bothHave(room, fork);
        return fork;
    }

    /** Our gate in is frozen: we have not heard Sam's topic when Alice sets hers. */
    private List<EventId> forkWhileWeDoNotListen(RoomId room) {
        signal(ClusterService.INGRESS, Signal.STOP);
        List<EventId> fork;
        try {
            EventId first = Rooms.eventId(sam.setState(room, TOPIC, "", Rooms.topic("of sam, unheard")));
            fork = List.of(first, Rooms.eventId(alice.setState(room, TOPIC, "", Rooms.topic("of alice, meanwhile"))));
        } finally {
            signal(ClusterService.INGRESS, Signal.CONT);
        }
        bothHave(room, fork);
        return fork;
    }

    private static void signal(ClusterService service, Signal signal) {
        stage.cluster().process(service).signal(signal);
    }

    /** Waits until both doors answer for each event. */
    private void bothHave(RoomId room, List<EventId> events) {
        for (EventId event : events) {
            for (ClientUser user : List.of(alice, sam)) {
                await(user.id() + " sees " + event)
                        .atMost(PATIENCE)
                        .pollDelay(Duration.ZERO)
                        .until(() -> user.get(roomPath(room) + "/event/" + FederationPeer.encode(event.toString()))
                                        .status()
                                == 200);
            }
        }
    }

    private RoomId ourRoomWithSam(String version) {
        RoomId room = Rooms.privateRoom(alice, sam.id(), version);
        sam.awaitInvite(room, PATIENCE);
        samJoins(room);
        return room;
    }

    private RoomId synapseRoomWithAlice(String version) {
        RoomId room = Rooms.privateRoom(sam, alice.id(), version);
        alice.awaitInvite(room, PATIENCE);
        aliceJoins(room);
        return room;
    }

    private void aliceJoins(RoomId room) {
        alice.join(room, stage.synapse().name().toString()).ok();
    }

    private void samJoins(RoomId room) {
        sam.join(room, stage.ours().toString()).ok();
    }

    private void theyConverse(RoomId room) {
        sam.awaitEvent(room, alice.say(room, "from ours"), PATIENCE);
        alice.awaitEvent(room, sam.say(room, "from synapse"), PATIENCE);
    }

    private static void awaitState(ClientUser user, RoomId room, String type, JsonObject content) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(user.state(room, type, "")).contains(content));
    }

    private static void awaitMembership(ClientUser user, RoomId room, UserId member, String membership) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(membership(user, room, member)).contains(membership));
    }

    private static void awaitLeft(ClientUser user, RoomId room) {
        user.awaitSync(
                body -> body.object("rooms")
                        .flatMap(rooms -> rooms.object("leave"))
                        .flatMap(rooms -> rooms.object(room.toString())),
                PATIENCE,
                user.id() + " is still in " + room);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(user.send(room, "m.room.message", JsonObject.EMPTY)
                                .status())
                        .isEqualTo(403));
    }

    private static Optional<String> membership(ClientUser user, RoomId room, UserId member) {
        return user.state(room, "m.room.member", member.toString()).flatMap(content -> content.string("membership"));
    }

    private static JsonObject powerLevels(ClientUser user, RoomId room) {
        return user.state(room, POWER_LEVELS, "").orElseThrow();
    }

    private static JsonObject user(UserId id) {
        return JsonObject.EMPTY.with("user_id", id.toString());
    }

    /** What a client sees of every part of the state that our server names at an event. */
    private static Map<StateKey, Optional<JsonObject>> clientState(
            ClientUser user, FederationPeer witness, RoomId room, EventId at) {
        FederationPeer.Answer answer = witness.get(
                stage.ours(),
                "/_matrix/federation/v1/state/" + FederationPeer.encode(room.toString()) + "?event_id="
                        + FederationPeer.encode(at.toString()));
        assertThat(answer.status()).isEqualTo(200);
        Map<StateKey, Optional<JsonObject>> seen = new TreeMap<>();
        for (JsonValue value :
                answer.object().array("pdus").map(JsonArray::values).orElseThrow()) {
            JsonObject event = (JsonObject) value;
            StateKey key = new StateKey(
                    event.string("type").orElseThrow(),
                    event.string("state_key").orElseThrow());
            seen.put(key, user.state(room, key.type(), key.stateKey()));
        }
        assertThat(seen).isNotEmpty();
        return seen;
    }

    private static String roomPath(RoomId room) {
        return "/_matrix/client/v3/rooms/" + FederationPeer.encode(room.toString());
    }

    /** A failure without the logs of both sides cannot be explained. */
    static final class SayWhereTheLogsAre implements TestWatcher {
        @Override
        public void testFailed(ExtensionContext context, Throwable cause) {
            System.out.println(context.getDisplayName() + " failed; " + stage.logs());
        }
    }
}
