package org.gatehouse.testkit.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.roomversion.RoomVersion;
import org.gatehouse.matrix.roomversion.RoomVersions;
import org.gatehouse.matrix.signing.EventSigning;
import org.gatehouse.testkit.fault.Evidence.IndexRow;
import org.gatehouse.testkit.fault.Evidence.StateAnswer;
import org.gatehouse.testkit.fault.Evidence.StoredEvent;
import org.gatehouse.testkit.fault.Evidence.VerdictRow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An auditor that was not seen to find anything proves nothing: each planted fault must be found, and no other. */
class AuditorTest {

    @ParameterizedTest
    @ValueSource(strings = {"6", "8", "10", "11", "12"})
    void findsNothingInTheTruth(String version) {
        assertThat(new Truth(RoomVersions.require(version)).audit()).isEmpty();
    }

    /** A breach, and how a run in which nothing went wrong comes to show it. */
    private record Planted(String fault, Invariant breach, Consumer<Truth> plant) {}

    private static final List<Planted> FAULTS = List.of(
            new Planted(
                    "the offset was committed before the write",
                    Invariant.ACKNOWLEDGED_IS_DURABLE,
                    run -> run.lose(run.secondOfBob)),
            new Planted(
                    "the row was written, its place in the index was not",
                    Invariant.ACKNOWLEDGED_IS_DURABLE,
                    run -> run.index.removeIf(row -> row.eventId().equals(run.secondOfBob.eventId()))),
            new Planted(
                    "the index leads to the place of another event",
                    Invariant.ACKNOWLEDGED_IS_DURABLE,
                    run -> run.index.replaceAll(row -> row.eventId().equals(run.secondOfBob.eventId())
                            ? new IndexRow(row.eventId(), row.room(), 0)
                            : row)),
            new Planted(
                    "the event was never judged",
                    Invariant.ACKNOWLEDGED_IS_DURABLE,
                    run -> run.verdicts.removeIf(row -> row.eventId().equals(run.softFailed.eventId()))),
            new Planted(
                    "two judges came to two verdicts",
                    Invariant.ACKNOWLEDGED_IS_DURABLE,
                    run -> run.verdicts.add(new VerdictRow(
                            run.ourView.roomId(), run.stored.size() - 1, run.softFailed.eventId(), "rejected"))),
            new Planted("an event came from nowhere", Invariant.STORED_WAS_SENT, run -> run.forget(run.secondOfBob)),
            new Planted(
                    "what was refused was stored all the same",
                    Invariant.STORED_WAS_SENT,
                    run -> run.ledger.replaceAll(entry -> entry instanceof LedgerEntry.Ack ack && ack.attempt() == 4
                            ? new LedgerEntry.Ack(
                                    4,
                                    List.of(run.secondOfBob.eventId()),
                                    Map.of(run.softFailed.eventId(), "bad signature"))
                            : entry)),
            new Planted(
                    "a repeated record was not recognised",
                    Invariant.NOTHING_TWICE,
                    run -> run.stored.add(
                            new StoredEvent(run.ourView.roomId(), 99, run.secondOfBob.eventId(), run.secondOfBob))),
            new Planted(
                    "a delivery was repeated after a crash",
                    Invariant.NOTHING_TWICE,
                    run -> run.feed.add(run.secondOfBob.eventId())),
            new Planted(
                    "a delivery was left out after a crash",
                    Invariant.NOTHING_TWICE,
                    run -> run.feed.remove(run.firstOfAlice.eventId())),
            new Planted(
                    "a soft-failed event was delivered",
                    Invariant.NOTHING_TWICE,
                    run -> run.feed.add(run.softFailed.eventId())),
            new Planted(
                    "a fetched event's signature was not looked at",
                    Invariant.STORED_IS_VERIFIED,
                    run -> run.replaceBytes(run.secondOfBob, json -> json.with("signatures", JsonObject.EMPTY))),
            new Planted(
                    "an event with a wrong hash was not redacted",
                    Invariant.STORED_IS_VERIFIED,
                    run -> run.replaceBytes(
                            run.secondOfBob,
                            json -> json.with("content", JsonObject.EMPTY.with("body", "words of somebody else")))),
            new Planted(
                    "the bytes of one event lie under the ID of another",
                    Invariant.STORED_IS_VERIFIED,
                    run -> run.replaceBytes(run.secondOfBob, json -> run.firstOfBob.json())),
            new Planted(
                    "the peer's join was rejected, and what rests on it was not",
                    Invariant.ACCEPTED_IS_AUTHORISED,
                    run -> {
                        run.judge(run.join, "rejected");
                        run.feed.remove(run.join.eventId());
                    }),
            new Planted("events were judged without their auth events", Invariant.ACCEPTED_IS_AUTHORISED, run -> {
                run.lose(run.join);
                run.forget(run.join);
            }),
            new Planted("an instance remembers another state", Invariant.STATES_CONVERGE, run -> {
                StateAnswer last = run.states.remove(1);
                Set<EventId> less = new TreeSet<>(last.state());
                less.remove(run.join.eventId());
                run.states.add(new StateAnswer(last.told(), last.room(), last.at(), less));
            }),
            new Planted("two consumers worked on one room", Invariant.PARENTS_FIRST, run -> {
                run.swapPlaces(run.firstOfBob, run.secondOfBob);
            }),
            new Planted(
                    "a feed was delivered out of order",
                    Invariant.PARENTS_FIRST,
                    run -> swap(run.feed, run.firstOfAlice, run.secondOfAlice)),
            new Planted("a template was signed as it came", Invariant.SIGNED_IS_OURS, run -> {
                run.replaceBytes(run.secondOfBob, json -> signedToo(run, json));
            }),
            new Planted(
                    "an event of ours was taken out of the queue before the peer had it",
                    Invariant.EVERYTHING_WENT_OUT,
                    run -> run.arrived.remove(run.secondOfAlice.eventId())),
            new Planted(
                    "two transactions to a peer were under way at once",
                    Invariant.EVERYTHING_WENT_OUT,
                    run -> swap(run.arrived, run.firstOfAlice, run.secondOfAlice)));

    static Stream<Arguments> faults() {
        return FAULTS.stream().map(planted -> Arguments.of(planted.fault(), planted));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void findsWhatWasPlantedAndNothingElse(String fault, Object given) {
        Planted planted = (Planted) given;
        for (RoomVersion version : List.of(RoomVersions.V10, RoomVersions.V12)) {
            Truth run = new Truth(version);
            planted.plant().accept(run);
            List<Finding> findings = run.audit();
            assertThat(findings).as(fault).isNotEmpty();
            assertThat(findings).extracting(Finding::invariant).containsOnly(planted.breach());
        }
    }

    @Test
    void aFaultIsPlantedForEachInvariant() {
        Map<Invariant, Integer> planted = new LinkedHashMap<>();
        FAULTS.forEach(fault -> planted.merge(fault.breach(), 1, Integer::sum));
        assertThat(planted.keySet()).containsExactlyInAnyOrder(Invariant.values());
        assertThat(FAULTS).hasSizeGreaterThanOrEqualTo(20);
    }

    @Test
    void aFeedMayBeginLate() {
        Truth run = new Truth(RoomVersions.V11);
        run.feed.subList(0, 4).clear();
        assertThat(run.audit()).isEmpty();
    }

    @Test
    void aPeerMayGetTheSameEventTwice() {
        Truth run = new Truth(RoomVersions.V11);
        run.arrived.addAll(new ArrayList<>(run.arrived));
        assertThat(run.audit()).isEmpty();
    }

    @Test
    void anInviteOfAUserOfOursMayBearOurSignatureToo() {
        Truth run = new Truth(RoomVersions.V11);
        Pdu invite = run.peersView.draft(
                run.bob,
                "m.room.member",
                Optional.of(run.us.user("carol").toString()),
                JsonObject.EMPTY.with("membership", "invite"),
                run.peersView.heads());
        long ordinal = run.stored.size();
        run.stored.add(new StoredEvent(run.ourView.roomId(), ordinal, invite.eventId(), invite));
        run.ledger.add(new LedgerEntry.Attempt(9, run.peer.name(), "invite", List.of(invite.eventId())));
        run.replaceBytes(invite, json -> signedToo(run, json));
        assertThat(run.audit()).isEmpty();
    }

    @Test
    void whatWasAnsweredWithAnErrorAndLaterTakenMayBeStored() {
        Truth run = new Truth(RoomVersions.V11);
        run.ledger.add(new LedgerEntry.Attempt(9, run.peer.name(), "t9", List.of(run.secondOfBob.eventId())));
        run.ledger.add(new LedgerEntry.Ack(9, List.of(), Map.of(run.secondOfBob.eventId(), "no key at the time")));
        assertThat(run.audit()).isEmpty();
    }

    private static JsonObject signedToo(Truth run, JsonObject event) {
        return EventSigning.addSignature(run.ourView.version(), event, run.us.name(), run.us.key());
    }

    private static void swap(List<EventId> ids, Pdu one, Pdu other) {
        Set<EventId> distinct = new LinkedHashSet<>(ids);
        assertThat(distinct).contains(one.eventId(), other.eventId());
        Collections.swap(ids, ids.indexOf(one.eventId()), ids.indexOf(other.eventId()));
    }
}
