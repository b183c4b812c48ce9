package org.gatehouse.eventgraph.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gatehouse.eventgraph.testing.TestRoom.POLICY;
import static org.gatehouse.eventgraph.testing.TestRoom.event;
import static org.gatehouse.eventgraph.testing.TestRoom.id;
import static org.gatehouse.eventgraph.testing.TestRoom.reply;

import java.util.List;
import java.util.Optional;
import org.gatehouse.cluster.ClusterRecord;
import org.gatehouse.cluster.ConnectedRecord.Connected;
import org.gatehouse.cluster.FetchWish;
import org.gatehouse.cluster.PolicyWish;
import org.gatehouse.eventgraph.room.EventFacts;
import org.gatehouse.eventgraph.room.LogEntry;
import org.gatehouse.eventgraph.testing.InMemoryStore;
import org.gatehouse.eventgraph.testing.Owner;
import org.gatehouse.eventgraph.testing.TestRoom;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.StrictJson;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A pushed event without the signature of its room's policy server waits until that server was asked. */
class PolicyWaitTest {

    private static final EventFacts CREATE = event("create", "", "");
    private static final EventFacts A = event("a", "create", "create");
    private static final EventFacts B = event("b", "a", "create");
    private static final EventFacts C = event("c", "b", "create");

    private final InMemoryStore store = new InMemoryStore(1);
    private final TestRoom room = new TestRoom(store, "!room:ours.example");
    private Owner owner = new Owner(store, TestRoom.GENERATION);

    @BeforeEach
    void aRoom() {
        work(room.made(CREATE, Optional.empty()), room.made(A, Optional.empty()));
        store.published.clear();
    }

    @Test
    void goesOnAtOnceWithASignature() {
        work(room.pushedUnderPolicy(B, true, Optional.empty()));

        assertThat(connected()).extracting(Connected::eventId).containsExactly(id("b"));
        assertThat(wishes()).isEmpty();
    }

    @Test
    void asksWithTheBytesAndWaits() {
        work(room.pushedUnderPolicy(B, false, Optional.empty()));

        assertThat(connected()).isEmpty();
        assertThat(wishes())
                .containsExactly(new PolicyWish(room.roomId, TestRoom.VERSION, id("b"), POLICY, TestRoom.bytes(B)));
    }

    @Test
    void itsChildrenWaitWithoutAWishForIt() {
        work(room.pushedUnderPolicy(B, false, Optional.empty()), room.pushedUnderPolicy(C, true, Optional.empty()));
        assertThat(connected()).isEmpty();
        assertThat(only(FetchWish.class)).isEmpty();

        work(room.policyAnswer(id("b"), Optional.of("sig")));

        assertThat(connected()).extracting(Connected::eventId).containsExactly(id("b"), id("c"));
    }

    @Test
    void mergesTheAnswersSignatureAndAnswersWhoWaits() {
        work(room.pushedUnderPolicy(B, false, Optional.of(reply("push"))));

        work(room.policyAnswer(id("b"), Optional.of("sig")));

        assertThat(connected()).singleElement().satisfies(connected -> {
            JsonObject event = StrictJson.parseObject(connected.pdu().canonical());
            assertThat(event.object("signatures").orElseThrow())
                    .hasToString("{\"policy.example\":{\"ed25519:policy_server\":\"sig\"}}");
            assertThat(connected.replyTo()).contains(reply("push"));
        });
    }

    @Test
    void isConnectedAsItIsIfThePolicyServerGivesNoSignature() {
        work(room.pushedUnderPolicy(B, false, Optional.empty()));

        work(room.policyAnswer(id("b"), Optional.empty()));

        assertThat(connected()).extracting(Connected::pdu).containsExactly(TestRoom.bytes(B));
    }

    @Test
    void theFirstAnswerCounts() {
        work(room.pushedUnderPolicy(C, false, Optional.empty()));
        work(room.policyAnswer(id("c"), Optional.of("first")));
        work(room.policyAnswer(id("c"), Optional.of("second")));

        work(room.pushed(B));
        work(room.policyAnswer(id("c"), Optional.of("third")));

        assertThat(connected()).extracting(Connected::eventId).containsExactly(id("b"), id("c"));
        assertThat(connected().get(1).pdu().toString()).contains("first").doesNotContain("second");
    }

    @Test
    void wishesForParentsAtTheSameTimeAndSaysWhoIsToBeAsked() {
        work(room.pushedUnderPolicy(C, false, Optional.empty()));

        assertThat(wishes()).hasSize(1);
        assertThat(only(FetchWish.class)).extracting(FetchWish::policy).containsExactly(Optional.of(POLICY));
        work(room.fetched(B, "$c#1", false));
        work(room.outcome("$c#1", id("c"), true));
        assertThat(connected()).extracting(Connected::eventId).containsExactly(id("b"));
        work(room.policyAnswer(id("c"), Optional.of("sig")));
        assertThat(connected()).extracting(Connected::eventId).containsExactly(id("b"), id("c"));
    }

    @Test
    void anAnswerOutlivesARestart() {
        work(room.pushedUnderPolicy(C, false, Optional.empty()));
        owner = new Owner(store, TestRoom.GENERATION);
        work(room.policyAnswer(id("c"), Optional.of("sig")));
        owner = new Owner(store, TestRoom.GENERATION);

        work(room.pushed(B));

        assertThat(connected()).extracting(Connected::eventId).containsExactly(id("b"), id("c"));
        assertThat(connected().get(1).pdu().toString()).contains("sig");
    }

    @Test
    void aRepeatAsksAgainWithTheSameWords() {
        work(room.pushedUnderPolicy(B, false, Optional.empty()));
        List<ClusterRecord> outputs = List.copyOf(store.published);
        store.published.clear();

        work(room.since(2).toArray(LogEntry[]::new));

        assertThat(store.published).isEqualTo(outputs);
    }

    @Test
    void comingAgainChangesNothing() {
        work(room.pushedUnderPolicy(B, false, Optional.empty()));
        work(room.pushedUnderPolicy(B, false, Optional.empty()));
        work(room.pushed(B));

        assertThat(wishes()).hasSize(1);
        assertThat(connected()).isEmpty();
    }

    @Test
    void anAnswerThatNobodyAwaitsIsPassedOver() {
        work(room.policyAnswer(id("b"), Optional.of("sig")));
        work(room.pushed(B));

        assertThat(connected()).extracting(Connected::pdu).containsExactly(TestRoom.bytes(B));
    }

    private void work(LogEntry... entries) {
        owner.work(List.of(entries));
    }

    private List<Connected> connected() {
        return only(Connected.class);
    }

    private List<PolicyWish> wishes() {
        return only(PolicyWish.class);
    }

    private <T> List<T> only(Class<T> type) {
        return store.published.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
