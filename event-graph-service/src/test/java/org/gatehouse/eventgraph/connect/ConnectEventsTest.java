package org.gatehouse.eventgraph.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.gatehouse.eventgraph.testing.TestRoom.OTHER;
import static org.gatehouse.eventgraph.testing.TestRoom.PEER;
import static org.gatehouse.eventgraph.testing.TestRoom.event;
import static org.gatehouse.eventgraph.testing.TestRoom.id;
import static org.gatehouse.eventgraph.testing.TestRoom.reply;

import java.util.List;
import java.util.Optional;
import org.gatehouse.cluster.ClusterRecord;
import org.gatehouse.cluster.ConnectedRecord;
import org.gatehouse.cluster.ConnectedRecord.Connected;
import org.gatehouse.cluster.ConnectedRecord.Source;
import org.gatehouse.cluster.FetchWish;
import org.gatehouse.cluster.Verdict;
import org.gatehouse.cluster.VerdictReply;
import org.gatehouse.eventgraph.room.EventFacts;
import org.gatehouse.eventgraph.room.LogEntry;
import org.gatehouse.eventgraph.testing.InMemoryStore;
import org.gatehouse.eventgraph.testing.Owner;
import org.gatehouse.eventgraph.testing.TestRoom;
import org.gatehouse.eventgraph.verdict.JudgedEvent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConnectEventsTest {

    private static final EventFacts CREATE = event("create", "", "");
    private static final EventFacts A = event("a", "create", "create");
    private static final EventFacts B = event("b", "a", "create");
    private static final EventFacts C = event("c", "b", "create");
    private static final EventFacts D = event("d", "c", "create");

    private final InMemoryStore store = new InMemoryStore(1);
    private final TestRoom room = new TestRoom(store, "!room:ours.example");
    private Owner owner = new Owner(store, TestRoom.GENERATION);

    @BeforeEach
    void aRoom() {
        work(room.made(CREATE, Optional.empty()), room.made(A, Optional.empty()));
        store.published.clear();
    }

    @Test
    void numbersEventsInOrder() {
        work(room.pushed(B), room.pushed(C));

        assertThat(connected()).extracting(Connected::ordinal).containsExactly(3L, 4L);
        assertThat(connected()).extracting(Connected::eventId).containsExactly(id("b"), id("c"));
        assertThat(connected())
                .extracting(Connected::cause)
                .containsExactly(
                        room.log().get(2).stamp().offset(),
                        room.log().get(3).stamp().offset());
    }

    @Test
    void storesABatchWithOneLookupAndOneHead() {
        int headsBefore = store.headWrites;
        int lookupsBefore = store.lookups;

        work(room.pushed(B), room.pushed(C), room.pushed(D));

        assertThat(store.headWrites - headsBefore).isEqualTo(1);
        assertThat(store.lookups - lookupsBefore).isEqualTo(1);
        assertThat(connected()).hasSize(3);
    }

    @Test
    void anEventWithAnUnknownParentWaitsAndIsWishedFor() {
        work(room.pushed(C));

        assertThat(connected()).isEmpty();
        assertThat(wishes()).hasSize(1);
        FetchWish wish = wishes().get(0);
        assertThat(wish.wishId()).isEqualTo("$c#1");
        assertThat(wish.missingParents()).containsExactly(id("b"));
        assertThat(wish.missingAuthEvents()).isEmpty();
        assertThat(wish.latestKnown()).containsExactly(id("a"), id("create"));
        assertThat(wish.askFirst()).isEqualTo(PEER);
        assertThat(wish.pushed()).isTrue();
    }

    @Test
    void connectsWhatWaitedRightAfterItsParent() {
        work(room.pushed(D));
        work(room.pushed(C));
        LogEntry completing = room.pushed(B);
        work(completing);

        assertThat(connected()).extracting(Connected::eventId).containsExactly(id("b"), id("c"), id("d"));
        assertThat(connected())
                .extracting(Connected::cause)
                .containsOnly(completing.stamp().offset());
        assertThat(wishes())
                .as("c's parent is not known; d's parent c waits when it comes second")
                .extracting(FetchWish::eventId)
                .containsExactly(id("d"), id("c"));
    }

    @Test
    void doesNotWishForWhatWaits() {
        work(room.pushed(C));
        work(room.pushed(D));

        assertThat(wishes()).extracting(FetchWish::eventId).containsExactly(id("c"));
    }

    @Test
    void aWaitingEventSurvivesARestart() {
        work(room.pushed(C));
        owner = new Owner(store, TestRoom.GENERATION);

        work(room.pushed(B));

        assertThat(connected()).extracting(Connected::eventId).containsExactly(id("b"), id("c"));
    }

    @Test
    void waitsForAuthEventsAndTakesAnOutlierForOne() {
        EventFacts member = event("member", "gone", "create");
        EventFacts talk = event("talk", "a", "create member");
        work(room.pushed(talk));
        assertThat(wishes().get(0).missingAuthEvents()).containsExactly(id("member"));

        work(room.fetched(member, "$talk#1", true));

        assertThat(store.published)
                .filteredOn(ConnectedRecord.Outlier.class::isInstance)
                .hasSize(1);
        assertThat(connected()).extracting(Connected::eventId).containsExactly(id("talk"));
    }

    @Test
    void anOutlierThatIsPushedIsConnected() {
        work(room.fetched(B, "$x#1", true));
        work(room.pushed(B));

        assertThat(connected()).extracting(Connected::eventId).containsExactly(id("b"));
        assertThat(connected().get(0).ordinal()).isEqualTo(3);
    }

    @Test
    void anOutlierIsNoParent() {
        work(room.fetched(B, "$x#1", true));
        work(room.pushed(C));

        assertThat(connected()).isEmpty();
        assertThat(wishes().get(0).missingParents()).containsExactly(id("b"));
    }

    /** P30. */
    @Test
    void aParentInAnotherRoomIsNotLinked() {
        TestRoom elsewhere = new TestRoom(store, "!elsewhere:ours.example");
        owner.work(List.of(elsewhere.made(event("create2", "", ""), Optional.empty())));
        owner.work(List.of(elsewhere.made(event("secret", "create2", "create2"), Optional.empty())));
        store.published.clear();

        work(room.pushed(event("spy", "a secret", "create")));

        assertThat(connected()).isEmpty();
        assertThat(wishes().get(0).missingParents()).containsExactly(id("secret"));
    }

    @Test
    void aDuplicateIsConnectedOnce() {
        work(room.pushed(B));
        work(room.pushed(B, OTHER, Optional.empty()));

        assertThat(connected()).hasSize(1);
        assertThat(store.published).hasSize(1);
    }

    @Test
    void aDuplicateIsAnsweredFromTheStoredVerdict() {
        work(room.pushed(B));
        store.verdicts.store(
                room.roomId, List.of(new JudgedEvent(3, id("b"), Verdict.REJECTED, "v11/6", "no", "shared", 7, 8)));
        store.published.clear();

        work(room.pushed(B, OTHER, Optional.of(reply("again"))));

        assertThat(store.published)
                .containsExactly(new VerdictReply(
                        reply("again"),
                        room.roomId,
                        Optional.of(id("b")),
                        Verdict.REJECTED,
                        "v11/6",
                        "no",
                        3,
                        8,
                        0,
                        Optional.empty()));
    }

    @Test
    void aDuplicateThatIsNotJudgedYetIsLeftToTheJudge() {
        work(room.pushed(B));
        Connected first = connected().get(0);
        store.published.clear();

        work(room.pushed(B, OTHER, Optional.of(reply("again"))));

        assertThat(connected()).hasSize(1);
        assertThat(connected().get(0).ordinal()).isEqualTo(first.ordinal());
        assertThat(connected().get(0).cause()).isEqualTo(first.cause());
        assertThat(connected().get(0).replyTo()).contains(reply("again"));
    }

    @Test
    void allWhoAwaitAWaitingEventAreAnsweredWhenItIsJudged() {
        work(room.pushed(C, PEER, Optional.of(reply("one"))));
        work(room.pushed(C, OTHER, Optional.of(reply("two"))));
        work(room.pushed(B));

        assertThat(connected())
                .filteredOn(event -> event.eventId().equals(id("c")))
                .extracting(Connected::replyTo)
                .containsExactly(Optional.of(reply("one")), Optional.of(reply("two")));
    }

    @Test
    void refusesWhatCannotBeHad() {
        work(room.pushed(C, PEER, Optional.of(reply("r"))));
        work(room.outcome("$c#1", id("c"), false));

        assertThat(replies()).hasSize(1);
        assertThat(replies().get(0).verdict()).isEqualTo(Verdict.REFUSED);
        assertThat(replies().get(0).replyTo()).isEqualTo(reply("r"));
        assertThat(connected()).isEmpty();
    }

    @Test
    void aRefusedEventSatisfiesNoLookUp() {
        work(room.pushed(C));
        work(room.outcome("$c#1", id("c"), false));
        work(room.pushed(D));

        assertThat(connected()).isEmpty();
        assertThat(wishes().get(1).missingParents()).containsExactly(id("c"));
    }

    @Test
    void aRefusedEventIsTriedAgainWhenItsParentArrives() {
        work(room.pushed(C));
        work(room.outcome("$c#1", id("c"), false));
        owner = new Owner(store, TestRoom.GENERATION);

        work(room.pushed(B));

        assertThat(connected()).extracting(Connected::eventId).containsExactly(id("b"), id("c"));
    }

    @Test
    void whoeverWaitedForARefusedEventOfTheSameServerIsRefusedToo() {
        work(room.pushed(C));
        work(room.pushed(D, PEER, Optional.of(reply("d"))));
        work(room.outcome("$c#1", id("c"), false));

        assertThat(replies()).extracting(VerdictReply::eventId).containsExactly(Optional.of(id("d")));
    }

    @Test
    void whoeverWaitedForARefusedEventOfAnotherServerIsWishedForThere() {
        work(room.pushed(C));
        work(room.pushed(D, OTHER, Optional.empty()));
        work(room.outcome("$c#1", id("c"), false));

        FetchWish wish = wishes().get(1);
        assertThat(wish.eventId()).isEqualTo(id("d"));
        assertThat(wish.askFirst()).isEqualTo(OTHER);
        assertThat(wish.missingParents()).containsExactly(id("c"));
    }

    @Test
    void fillsAGapWithFetchedEventsAndASeed() {
        EventFacts state = event("state", "long-gone", "create");
        work(room.pushed(D));
        work(room.fetched(C, "$d#1", false));
        work(room.seed(B, "$d#1", List.of(CREATE, state)));
        work(room.outcome("$d#1", id("d"), true));

        assertThat(connected()).extracting(Connected::eventId).containsExactly(id("b"), id("c"), id("d"));
        assertThat(connected())
                .extracting(Connected::source)
                .containsExactly(Source.SEEDED, Source.FETCHED, Source.PUSHED);
        assertThat(connected().get(0).seed().orElseThrow().join()).isFalse();
        assertThat(wishes()).as("nothing is wished for what a wish brings").hasSize(1);
        assertThat(store.outliers).containsOnlyKeys(id("state"));
        assertThat(replies()).isEmpty();
    }

    @Test
    void anEventOfOursThatCitesUnknownEventsGoesToQuarantine() {
        LogEntry broken = room.made(C, Optional.of(reply("m")));
        ConnectEvents.Outcome outcome = work(broken);

        assertThat(outcome.poisoned()).extracting(ConnectEvents.Poisoned::entry).containsExactly(broken);
        assertThat(replies()).extracting(VerdictReply::verdict).containsExactly(Verdict.REFUSED);
        assertThat(connected()).isEmpty();
    }

    @Test
    void anEventOfOursIsHandedOn() {
        work(room.made(B, Optional.empty()), room.pushed(C));

        assertThat(connected()).extracting(Connected::fanOut).containsExactly(true, false);
        assertThat(connected().get(0).origin()).hasToString("ours.example");
    }

    @Test
    void passesMembershipsOutsideTheGraphOn() {
        work(room.outOfBand(event("invite", "x", "y"), Optional.of(reply("i"))));

        assertThat(store.published).hasSize(1);
        ConnectedRecord.OutOfBand passed = (ConnectedRecord.OutOfBand) store.published.get(0);
        assertThat(passed.eventId()).isEqualTo(id("invite"));
        assertThat(passed.replyTo()).contains(reply("i"));
        assertThat(passed.cause()).isEqualTo(room.last().stamp().offset());
    }

    @Test
    void holdsWhatIsPushedDuringAJoin() {
        TestRoom far = new TestRoom(store, "!far:peer.example");
        EventFacts create = event("far-create", "", "");
        EventFacts join = event("join", "far-head", "far-create");
        EventFacts after = event("after", "join", "far-create");
        EventFacts aside = event("aside", "nobody-knows", "far-create");
        owner.work(List.of(far.joinBegun("1")));
        owner.work(List.of(far.pushed(after), far.pushed(aside)));
        assertThat(wishes()).isEmpty();
        owner = new Owner(store, TestRoom.GENERATION);

        owner.work(List.of(far.joinDone("1", join, List.of(create), Optional.of(reply("j")))));

        assertThat(connected()).extracting(Connected::eventId).containsExactly(id("join"), id("after"));
        assertThat(connected().get(0).source()).isEqualTo(Source.JOINED);
        assertThat(connected().get(0).seed().orElseThrow().join()).isTrue();
        assertThat(connected().get(0).replyTo()).contains(reply("j"));
        assertThat(wishes()).extracting(FetchWish::eventId).containsExactly(id("aside"));
        assertThat(store.published)
                .filteredOn(ConnectedRecord.JoinBegun.class::isInstance)
                .hasSize(1);
    }

    @Test
    void dropsWhatWaitedForAJoinThatFailed() {
        TestRoom far = new TestRoom(store, "!far:peer.example");
        owner.work(List.of(far.joinBegun("1")));
        owner.work(List.of(far.pushed(event("after", "join", ""), PEER, Optional.of(reply("x")))));
        owner.work(List.of(far.joinFailed("1")));

        assertThat(connected()).isEmpty();
        assertThat(replies()).extracting(VerdictReply::verdict).containsExactly(Verdict.REFUSED);
        assertThat(store.published)
                .filteredOn(ConnectedRecord.JoinFailed.class::isInstance)
                .hasSize(1);
    }

    @Test
    void forgetsWhatWaitedForWeeks() {
        work(room.pushed(C));
        room.week += 4;
        work(room.pushed(event("other", "a", "create")));
        work(room.pushed(B));

        assertThat(connected()).extracting(Connected::eventId).containsExactly(id("other"), id("b"));
        assertThat(store.heads.get(room.roomId).waitingSince()).isZero();
    }

    @Test
    void aRepeatChangesNothingAndIsPublishedAgain() {
        work(room.pushed(C));
        work(room.pushed(B));
        String rows = store.dump();
        List<ClusterRecord> outputs = List.copyOf(store.published);
        store.published.clear();

        work(room.since(2).toArray(LogEntry[]::new));

        assertThat(store.dump()).isEqualTo(rows);
        assertThat(store.published).isEqualTo(outputs);
    }

    @Test
    void refusesAHeadOfALaterGeneration() {
        owner = new Owner(store, TestRoom.GENERATION - 1);
        room.generation = TestRoom.GENERATION - 1;

        assertThatThrownBy(() -> work(room.pushed(B))).isInstanceOf(HeadAhead.class);
        assertThat(store.published).isEmpty();
    }

    @Test
    void goesOnAfterTheTopicsWereRemade() {
        owner = new Owner(store, TestRoom.GENERATION + 1);
        room.generation = TestRoom.GENERATION + 1;

        work(room.pushed(B));

        assertThat(connected()).extracting(Connected::ordinal).containsExactly(3L);
    }

    private ConnectEvents.Outcome work(LogEntry... entries) {
        return owner.work(List.of(entries));
    }

    private List<Connected> connected() {
        return only(Connected.class);
    }

    private List<FetchWish> wishes() {
        return only(FetchWish.class);
    }

    private List<VerdictReply> replies() {
        return only(VerdictReply.class);
    }

    private <T> List<T> only(Class<T> type) {
        return store.published.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
