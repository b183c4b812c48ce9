package org.gatehouse.matrix.stateres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.gatehouse.matrix.authrule.TestRoom.ALICE;
import static org.gatehouse.matrix.authrule.TestRoom.BOB;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.gatehouse.matrix.authrule.AuthSlots;
import org.gatehouse.matrix.authrule.MissingAuthEvent;
import org.gatehouse.matrix.authrule.TestRoom;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.JsonString;
import org.gatehouse.matrix.event.EventFacts;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.event.StateKey;
import org.gatehouse.matrix.event.StoredPdus;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.roomversion.RoomVersion;
import org.gatehouse.matrix.roomversion.RoomVersions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoomAuthGraphTest {

    @ParameterizedTest
    @ValueSource(strings = {"1", "6", "11", "12"})
    void wantsWhatAnEventCitesFirst(String id) {
        RoomVersion version = RoomVersions.require(id);
        TestRoom room = TestRoom.publicRoom(version);
        Pdu create = room.current(AuthSlots.CREATE).orElseThrow();
        Pdu levels = room.current(AuthSlots.POWER_LEVELS).orElseThrow();
        RoomAuthGraph graph = RoomAuthGraph.of(version);

        assertThatThrownBy(() -> graph.add(levels, false)).isInstanceOf(MissingAuthEvent.class);
        graph.add(create, false);

        assertThat(graph.contains(create.eventId())).isTrue();
        assertThat(graph.contains(levels.eventId())).isFalse();
        assertThat(graph.size()).isEqualTo(1);
        assertThat(graph.version()).isEqualTo(version);
    }

    @Test
    void takesTheLastWordOnAnEvent() {
        TestRoom room = TestRoom.publicRoom(RoomVersions.V11);
        Pdu create = room.current(AuthSlots.CREATE).orElseThrow();
        RoomAuthGraph graph = RoomAuthGraph.of(RoomVersions.V11);

        graph.add(create, false);
        assertThat(graph.isRejected(0)).isFalse();
        graph.add(create, true);
        assertThat(graph.isRejected(0)).isTrue();
        graph.add(create, false);
        assertThat(graph.isRejected(0)).isFalse();
        assertThat(graph.size()).isEqualTo(1);
    }

    @Test
    void endsWhereEventsOfOldVersionsCiteEachOtherInARing() {
        Map<EventId, Pdu> ring = new TreeMap<>();
        for (String[] pair : new String[][] {{"$a:x", "$b:x"}, {"$b:x", "$c:x"}, {"$c:x", "$a:x"}}) {
            JsonObject json = JsonObject.EMPTY
                    .with("event_id", pair[0])
                    .with("room_id", "!r:x")
                    .with("type", "t")
                    .with("state_key", "")
                    .with("sender", "@u:x")
                    .with("content", JsonObject.EMPTY)
                    .with("auth_events", JsonArray.of(JsonArray.of(new JsonString(pair[1]), JsonObject.EMPTY)));
            Pdu event = StoredPdus.symbolic(RoomVersions.V1, new EventId(pair[0]), json);
            ring.put(event.eventId(), event);
        }
        RoomAuthGraph graph = RoomAuthGraph.of(RoomVersions.V1);
        AuthGraph source = new AuthGraph() {
            @Override
            public Pdu event(EventId id) {
                return ring.get(id);
            }

            @Override
            public boolean isRejected(EventId id) {
                return false;
            }
        };

        assertThatThrownBy(() -> graph.addWithChains(List.of(new EventId("$a:x")), source))
                .isInstanceOf(MissingAuthEvent.class);
        assertThat(graph.size()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "5", "8", "11", "12"})
    void keepsWhatTheRulesReadOfAnEvent(String id) {
        RoomVersion version = RoomVersions.require(id);
        for (int seed = 0; seed < 20; seed++) {
            RandomRoom room = new RandomRoom(version, seed, 30);
            RoomAuthGraph graph = room.graph();
            EventId create = room.events.get(0).eventId();
            for (int i = 0; i < room.events.size(); i++) {
                Pdu event = room.events.get(i);
                EventFacts kept = graph.facts(i);

                assertThat(kept.eventId()).isEqualTo(event.eventId());
                assertThat(kept.roomVersion()).isEqualTo(version);
                assertThat(kept.roomId()).isEqualTo(event.roomId());
                assertThat(kept.sender()).isEqualTo(event.sender());
                assertThat(kept.type()).isEqualTo(event.type());
                assertThat(kept.stateKey()).isEqualTo(event.stateKey());
                assertThat(kept.stateSlot()).isEqualTo(event.stateSlot());
                assertThat(kept.isState()).isEqualTo(event.isState());
                assertThat(kept.isState("m.room.power_levels")).isEqualTo(event.isState("m.room.power_levels"));
                assertThat(kept.isWithoutParents()).isEqualTo(event.isWithoutParents());
                assertThat(kept.followsOnly(create)).isEqualTo(event.followsOnly(create));
                assertThat(kept.namesItsRoom()).isEqualTo(event.namesItsRoom());
                assertThat(kept.redacts()).isEqualTo(event.redacts());
                for (String name : List.of("membership", "join_rule", "join_authorised_via_users_server", "users")) {
                    assertThat(kept.content().get(name))
                            .isEqualTo(event.content().get(name));
                }
                assertThat(isSignedByAuthoriser(kept)).isEqualTo(isSignedByAuthoriser(event));
                assertThat(graph.depthOf(i)).isEqualTo(event.depth());
            }
        }
    }

    @Test
    void keepsWholeWhatTheRulesReadMoreOf() {
        TestRoom room = TestRoom.publicRoom(RoomVersions.V1);
        Pdu message = room.message(ALICE).add();
        Pdu redaction = room.draft(ALICE, "m.room.redaction")
                .key("")
                .field("redacts", "$x:y")
                .add();
        Pdu invite = room.draft(ALICE, "m.room.third_party_invite")
                .key("token")
                .content("{'public_key':'k'}")
                .add();
        Pdu rejected = room.topic(BOB, "from outside").add();
        RoomAuthGraph graph = RoomAuthGraph.of(RoomVersions.V1);
        room.reject(rejected);

        graph.addWithChains(
                List.of(message.eventId(), redaction.eventId(), invite.eventId(), rejected.eventId()), room);

        assertThat(facts(graph, message)).isSameAs(message);
        assertThat(facts(graph, redaction)).isSameAs(redaction);
        assertThat(facts(graph, rejected)).isSameAs(rejected);
        assertThat(facts(graph, invite).content()).isEqualTo(invite.content());
    }

    /** Members of a room that many join share their contents; words that nobody else uses do not pile up. */
    @Test
    void sharesTheContentsOfMembers() {
        TestRoom room = TestRoom.publicRoom(RoomVersions.V11);
        RoomAuthGraph graph = RoomAuthGraph.of(RoomVersions.V11);
        for (int i = 0; i < 200; i++) {
            String user = "@user" + i + ":b.example";
            graph.addWithChains(List.of(room.member(user, user, "join").add().eventId()), room);
            graph.addWithChains(
                    List.of(room.member(user, user, "word" + i).add().eventId()), room);
        }

        int last = graph.size() - 1;
        assertThat(graph.facts(last - 1).content())
                .isSameAs(graph.facts(last - 3).content());
        assertThat(graph.facts(last).content()).isEqualTo(JsonObject.EMPTY.with("membership", "word199"));
    }

    /** What the rules refuse, they must see as it is. */
    @Test
    void keepsWhatIsMalformed() {
        TestRoom room = TestRoom.publicRoom(RoomVersions.V11);
        Pdu withoutMembership = room.draft(ALICE, "m.room.member").key(BOB).add();
        Pdu withNumber = room.draft(ALICE, "m.room.member")
                .key(BOB)
                .content("{'membership':5}")
                .add();
        Pdu withoutRule = room.draft(ALICE, "m.room.join_rules").key("").add();
        Pdu withoutParents = room.topic(ALICE, "from nowhere").prev().add();
        RoomAuthGraph graph = RoomAuthGraph.of(RoomVersions.V11);

        for (Pdu event : List.of(withoutMembership, withNumber, withoutRule, withoutParents)) {
            graph.addWithChains(List.of(event.eventId()), room);
            assertThat(facts(graph, event)).isNotSameAs(event);
        }

        assertThat(facts(graph, withoutMembership).content()).isEqualTo(JsonObject.EMPTY);
        assertThat(facts(graph, withNumber).content()).isEqualTo(withNumber.content());
        assertThat(facts(graph, withoutRule).content()).isEqualTo(JsonObject.EMPTY);
        assertThat(facts(graph, withoutParents).isWithoutParents()).isTrue();
        assertThat(facts(graph, withoutRule).isWithoutParents()).isFalse();
    }

    /** Senders choose how many events they cite. */
    @Test
    void takesAsManyAuthEventsAsAnEventCites() {
        TestRoom room = TestRoom.publicRoom(RoomVersions.V11);
        Pdu[] members = new Pdu[40];
        for (int i = 0; i < members.length; i++) {
            String user = "@user" + i + ":b.example";
            members[i] = room.member(user, user, "join").add();
        }
        Pdu topic = room.topic(ALICE, "t").auth(members).add();
        RoomAuthGraph graph = RoomAuthGraph.of(RoomVersions.V11);

        graph.addWithChains(List.of(topic.eventId()), room);

        int number = graph.number(topic.eventId());
        assertThat(graph.edges().endOfEdges(number) - graph.edges().firstEdge(number))
                .isEqualTo(40);
    }

    @Test
    void knowsWhichCreateEventAnEventCites() {
        TestRoom room = TestRoom.publicRoom(RoomVersions.V11);
        Pdu topic = room.topic(ALICE, "t").add();
        Pdu citesNothing = room.topic(ALICE, "t").auth().add();
        RoomAuthGraph graph = RoomAuthGraph.of(RoomVersions.V11);

        graph.addWithChains(List.of(topic.eventId(), citesNothing.eventId()), room);

        Pdu create = room.current(AuthSlots.CREATE).orElseThrow();
        assertThat(graph.createOf(graph.number(topic.eventId()))).isEqualTo(graph.number(create.eventId()));
        assertThat(graph.createOf(graph.number(citesNothing.eventId()))).isEqualTo(RoomAuthGraph.NONE);
    }

    @Test
    void eventsShareTheirRoomButStayInTheirOwn() {
        TestRoom room = TestRoom.publicRoom(RoomVersions.V11);
        TestRoom other = new TestRoom(RoomVersions.V11, "other");
        Pdu first = room.topic(ALICE, "first").auth().add();
        Pdu second = room.topic(ALICE, "second").auth().add();
        Pdu elsewhere = other.topic(ALICE, "elsewhere").id("$other").auth().add();
        RoomAuthGraph graph = RoomAuthGraph.of(RoomVersions.V11);

        graph.add(first, false);
        graph.add(second, false);
        graph.add(elsewhere, false);

        assertThat(graph.columns().roomOf(0)).isEqualTo(room.roomId());
        assertThat(graph.columns().roomOf(1)).isSameAs(graph.columns().roomOf(0));
        assertThat(graph.columns().roomOf(2)).isEqualTo(other.roomId());
    }

    @Test
    void numbersSlotsAndSharesThem() {
        RoomAuthGraph graph = RoomAuthGraph.of(RoomVersions.V11);
        for (int i = 0; i < 17; i++) {
            assertThat(graph.slotNumber(StateKey.of("type" + i))).isEqualTo(i);
        }

        StateKey shared = graph.sharedSlot(StateKey.of("type3"));

        assertThat(shared).isEqualTo(StateKey.of("type3")).isSameAs(graph.slot(3));
        assertThat(graph.slots()).isEqualTo(17);
        assertThat(graph.trieHash(16)).isEqualTo(TrieEntry.hashOf(StateKey.of("type16")));
    }

    private static EventFacts facts(RoomAuthGraph graph, Pdu event) {
        return graph.facts(graph.number(event.eventId()));
    }

    private static boolean isSignedByAuthoriser(EventFacts event) {
        return event.content()
                .string("join_authorised_via_users_server")
                .map(user -> new ServerName(user.substring(user.indexOf(':') + 1)))
                .filter(event::isSignedBy)
                .isPresent();
    }
}
