package org.gatehouse.egress.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.gatehouse.cluster.BulkRecord;
import org.gatehouse.cluster.FetchWish;
import org.gatehouse.cluster.ReceivedRecord;
import org.gatehouse.cluster.ReceivedRecord.FetchOutcome;
import org.gatehouse.cluster.ReceivedRecord.Fetched;
import org.gatehouse.cluster.ReceivedRecord.ParentSeed;
import org.gatehouse.egress.testing.FakeServer;
import org.gatehouse.egress.testing.FakeServer.Reply;
import org.gatehouse.egress.testing.FakeServer.Request;
import org.gatehouse.egress.testing.Federation;
import org.gatehouse.egress.testing.RemoteRoom;
import org.gatehouse.egress.testing.StandIns;
import org.gatehouse.egress.verification.CheckEvents;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.JsonString;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.signing.SigningKey;
import org.gatehouse.runtime.config.ClusterConfig;
import org.gatehouse.runtime.config.InternalAddresses;
import org.gatehouse.runtime.trace.EventTraces;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Gaps filled from a homeserver over TLS. */
class FillGapTest {

    @TempDir
    Path folder;

    private final Map<EventId, KnownEvents.Known> known = new HashMap<>();
    private final List<Duration> pauses = new ArrayList<>();
    private final Map<String, List<Pdu>> state = new LinkedHashMap<>();
    private Instant now = Instant.now();
    private Federation federation;
    private FakeServer remote;
    private RemoteRoom room;
    private FillGap fillGap;

    private final EventTraces traces = new EventTraces();

    @BeforeEach
    void start() throws Exception {
        federation = new Federation(folder);
        remote = federation.remote;
        room = RemoteRoom.ofVersion11(remote.name(), remote.key());
        room.events().forEach(this::connected);
        Clock clock = new TestClock();
        OurNames ourNames = new OurNames(new ClusterConfig(
                "egress", "test", List.of(Federation.OURS), "", "", 10, new InternalAddresses(Map.of())));
        CheckEvents check = new CheckEvents(federation.keys, clock);
        Search search = new Search(federation.client, this::find, check, ourNames, clock, this::pause);
        fillGap = new FillGap(search, this::find, federation.logs, federation.askAboutFetched(), traces);
        remote.on("GET /_matrix/federation/v1/event/", this::event);
        remote.on("GET /_matrix/federation/v1/state_ids/", this::stateIds);
        remote.on("GET /_matrix/federation/v1/state/", this::stateEvents);
    }

    @AfterEach
    void stop() {
        federation.close();
    }

    @Test
    void fetchesWhatLiesBetweenOldestFirst() throws Exception {
        Pdu known = connected(room.say("known"));
        Pdu one = room.say("1");
        Pdu two = room.say("2");
        Pdu waits = room.say("waits");
        missingEvents(List.of(two, one, waits));

        fillGap.fill(wish(waits, true, List.of(known)));

        assertThat(logged()).containsExactly("fetched " + one.eventId(), "fetched " + two.eventId(), "outcome true");
        JsonObject asked = remote.requests().get(0).body().orElseThrow();
        assertThat(asked.array("latest_events").orElseThrow().strings())
                .containsExactly(waits.eventId().toString());
        assertThat(asked.array("earliest_events").orElseThrow().strings())
                .containsExactly(known.eventId().toString());
        assertThat(asked.integer("limit")).hasValue(20);
    }

    @Test
    void whatIsFetchedBelongsToTheTraceOfWhatWaits() throws Exception {
        String trace = "00-" + "a".repeat(32) + "-" + "b".repeat(16) + "-01";
        Pdu known = connected(room.say("known"));
        Pdu one = room.say("1");
        Pdu waits = room.say("waits");
        missingEvents(List.of(one, waits));
        traces.saw(Optional.of(waits.eventId().toString()), Optional.of(trace));

        fillGap.fill(wish(waits, true, List.of(known)));

        assertThat(traces.of(one.eventId().toString())).contains(trace);
        assertThat(traces.of(known.eventId().toString())).isEmpty();
    }

    @Test
    void walksFurtherBackBeforeItTakesAState() throws Exception {
        Pdu known = connected(room.say("known"));
        Pdu one = room.say("1");
        Pdu two = room.say("2");
        Pdu waits = room.say("waits");
        remote.on("POST /_matrix/federation/v1/get_missing_events/", request -> {
            String latest = request.body()
                    .orElseThrow()
                    .array("latest_events")
                    .orElseThrow()
                    .strings()
                    .get(0);
            return new Reply(
                    200,
                    JsonObject.of(
                            "events",
                            RemoteRoom.array(latest.equals(waits.eventId().toString()) ? List.of(two) : List.of(one))));
        });

        fillGap.fill(wish(waits, true, List.of(known)));

        assertThat(logged()).containsExactly("fetched " + one.eventId(), "fetched " + two.eventId(), "outcome true");
    }

    @Test
    void seedsAParentThatCannotBeWalkedTo() throws Exception {
        Pdu parent = room.say("unknown parent");
        Pdu one = room.say("1");
        Pdu waits = room.say("waits");
        missingEvents(List.of(one));
        state.put(parent.eventId().toString(), room.state());

        fillGap.fill(wish(waits, true, List.of()));

        assertThat(logged()).containsExactly("seed " + parent.eventId(), "fetched " + one.eventId(), "outcome true");
        ParentSeed seed = federation.logs.logged(ParentSeed.class).get(0);
        List<BulkRecord> bulk = federation.logs.in(seed.state());
        assertThat(StandIns.Logs.ids(bulk))
                .containsExactlyInAnyOrderElementsOf(room.state().stream()
                        .map(event -> event.eventId().toString())
                        .toList());
        assertThat(bulk).allMatch(record -> record.pdu().isPresent());
        assertThat(seed.from()).isEqualTo(remote.name());
    }

    @Test
    void fetchesOfASeedsStateOnlyWhatIsNotKnown() throws Exception {
        Pdu topic = room.put("m.room.topic", "", RemoteRoom.content("topic", "x"));
        Pdu parent = room.say("unknown parent");
        Pdu one = room.say("1");
        Pdu waits = room.say("waits");
        missingEvents(List.of(one));
        state.put(parent.eventId().toString(), room.state());

        fillGap.fill(wish(waits, true, List.of()));

        assertThat(remote.requests().stream().filter(request -> request.uri().contains("/v1/event/")))
                .hasSize(2)
                .allMatch(request ->
                        request.uri().contains(encoded(topic)) || request.uri().contains(encoded(parent)));
    }

    @Test
    void fetchesTheWholeStateIfMuchIsMissing() throws Exception {
        for (int i = 0; i < 60; i++) {
            room.put("x.state", "" + i, JsonObject.EMPTY);
        }
        Pdu parent = room.say("unknown parent");
        Pdu one = room.say("1");
        Pdu waits = room.say("waits");
        missingEvents(List.of(one));
        state.put(parent.eventId().toString(), room.state());

        fillGap.fill(wish(waits, true, List.of()));

        assertThat(federation.logs.in(
                        federation.logs.logged(ParentSeed.class).get(0).state()))
                .hasSize(63);
        assertThat(remote.requests()).hasSize(5);
    }

    @Test
    void takesNoSeedForAPushedEventWhoseOwnParentsAreWithheld() throws Exception {
        Pdu parent = room.say("withheld");
        Pdu waits = room.say("waits");
        missingEvents(List.of());
        state.put(parent.eventId().toString(), room.state());

        fillGap.fill(wish(waits, true, List.of()));

        assertThat(logged()).containsExactly("outcome false");
        assertThat(federation.logs.bulk).isEmpty();
    }

    @Test
    void takesASeedForTheParentsOfAnEventThatWasNotPushed() throws Exception {
        Pdu parent = room.say("parent");
        Pdu waits = room.say("waits");
        missingEvents(List.of());
        state.put(parent.eventId().toString(), room.state());

        fillGap.fill(wish(waits, false, List.of()));

        assertThat(logged()).containsExactly("seed " + parent.eventId(), "outcome true");
    }

    @Test
    void believesNoEventThatFailsTheChecks() throws Exception {
        Pdu known = connected(room.say("known"));
        SigningKey impostor =
                SigningKey.generate(new SecureRandom(), remote.key().id());
        Pdu forged = room.add(RemoteRoom.signed(
                room.version(),
                room.onTop(room.creator(), "m.room.message").build().toJson(),
                remote.name(),
                impostor));
        Pdu waits = room.say("waits");
        missingEvents(List.of(forged));

        fillGap.fill(wish(waits, true, List.of(known)));

        assertThat(logged()).containsExactly("outcome false");
    }

    @Test
    void takesNothingThatIsNotBehindTheEvent() throws Exception {
        Pdu known = connected(room.say("known"));
        Pdu one = room.say("1");
        Pdu waits = room.say("waits");
        Pdu later = room.say("later");
        missingEvents(List.of(one, later, known));

        fillGap.fill(wish(waits, true, List.of(known)));

        assertThat(logged()).containsExactly("fetched " + one.eventId(), "outcome true");
    }

    @Test
    void aStateWithoutCreateIsNoSeed() throws Exception {
        Pdu parent = room.say("parent");
        Pdu waits = room.say("waits");
        missingEvents(List.of());
        state.put(parent.eventId().toString(), room.state().subList(1, 3));

        fillGap.fill(wish(waits, false, List.of()));

        assertThat(logged()).containsExactly("outcome false");
    }

    @Test
    void aSeedHoldsNoEventsOfOtherRooms() throws Exception {
        RemoteRoom other =
                new RemoteRoom(org.gatehouse.matrix.roomversion.RoomVersions.V12, remote.name(), remote.key());
        other.events().forEach(this::connected);
        Pdu parent = room.say("parent");
        Pdu waits = room.say("waits");
        missingEvents(List.of());
        List<Pdu> mixed = new ArrayList<>(room.state());
        mixed.addAll(other.state());
        state.put(parent.eventId().toString(), mixed);

        fillGap.fill(wish(waits, false, List.of()));

        assertThat(federation.logs.bulk)
                .hasSize(3)
                .allMatch(record -> record.roomId().equals(room.roomId()));
    }

    @Test
    void fetchesAuthEventsAndWhatTheyCite() throws Exception {
        Pdu rules = room.put("m.room.join_rules", "", RemoteRoom.content("join_rule", "invite"));
        Pdu member = room.put("m.room.member", room.creator().toString(), RemoteRoom.content("membership", "join"));
        Pdu parent = connected(room.say("parent"));
        Pdu waits = room.say("waits");

        fillGap.fill(new FetchWish(
                "w",
                room.roomId(),
                "11",
                waits.eventId(),
                remote.name(),
                true,
                List.of(),
                List.of(member.eventId()),
                List.of(parent.eventId()),
                0));

        assertThat(logged()).containsExactly("auth " + rules.eventId(), "auth " + member.eventId(), "outcome true");
    }

    @Test
    void saysSoIfAuthEventsCannotBeHad() throws Exception {
        Pdu waits = room.say("waits");
        EventId missing = new EventId("$" + "m".repeat(43));

        fillGap.fill(new FetchWish(
                "w",
                room.roomId(),
                "11",
                waits.eventId(),
                remote.name(),
                true,
                List.of(),
                List.of(missing),
                List.of(),
                0));

        assertThat(logged()).containsExactly("outcome false");
    }

    @Test
    void triesAgainUntilTheDeadlineAndThenSaysSo() throws Exception {
        Pdu parent = room.say("parent");
        Pdu waits = room.say("waits");
        remote.on("POST /_matrix/federation/v1/get_missing_events/", request -> new Reply(500, JsonObject.EMPTY));

        fillGap.fill(wish(waits, true, List.of()));

        assertThat(parent).isNotNull();
        assertThat(pauses)
                .containsExactly(
                        Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4), Duration.ofSeconds(8));
        assertThat(logged()).containsExactly("outcome false");
    }

    @Test
    void goesOnWhenTheServerIsBack() throws Exception {
        Pdu known = connected(room.say("known"));
        Pdu one = room.say("1");
        Pdu waits = room.say("waits");
        remote.on(
                "POST /_matrix/federation/v1/get_missing_events/",
                request -> pauses.size() < 2
                        ? new Reply(502, JsonObject.EMPTY)
                        : new Reply(200, JsonObject.of("events", RemoteRoom.array(List.of(one)))));

        fillGap.fill(wish(waits, true, List.of(known)));

        assertThat(logged()).containsExactly("fetched " + one.eventId(), "outcome true");
    }

    @Test
    void whatARefusalWithholdsIsNotAskedForAgain() throws Exception {
        Pdu parent = room.say("parent");
        Pdu waits = room.say("waits");
        remote.on(
                "POST /_matrix/federation/v1/get_missing_events/",
                request -> new Reply(403, FakeServer.error("M_FORBIDDEN")));

        fillGap.fill(wish(waits, true, List.of()));

        assertThat(parent).isNotNull();
        assertThat(pauses).isEmpty();
        assertThat(logged()).containsExactly("outcome false");
    }

    private void missingEvents(List<Pdu> events) {
        remote.on("POST /_matrix/federation/v1/get_missing_events/", JsonObject.of("events", RemoteRoom.array(events)));
    }

    private Reply event(Request request) {
        return room.events().stream()
                .filter(event -> request.uri().endsWith(encoded(event)))
                .findFirst()
                .map(event -> new Reply(200, JsonObject.of("pdus", RemoteRoom.array(List.of(event)))))
                .orElseGet(() -> new Reply(404, FakeServer.error("M_NOT_FOUND")));
    }

    private Reply stateIds(Request request) {
        return stateAt(request)
                .map(events -> new Reply(
                        200,
                        JsonObject.of(
                                "pdu_ids",
                                RemoteRoom.ids(events),
                                "auth_chain_ids",
                                JsonArray.of(new JsonString("x")))))
                .orElseGet(() -> new Reply(404, FakeServer.error("M_NOT_FOUND")));
    }

    private Reply stateEvents(Request request) {
        return stateAt(request)
                .map(events ->
                        new Reply(200, JsonObject.of("pdus", RemoteRoom.array(events), "auth_chain", JsonArray.EMPTY)))
                .orElseGet(() -> new Reply(404, FakeServer.error("M_NOT_FOUND")));
    }

    private Optional<List<Pdu>> stateAt(Request request) {
        return state.entrySet().stream()
                .filter(entry ->
                        request.uri().endsWith("event_id=" + entry.getKey().replace("$", "%24")))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private static String encoded(Pdu event) {
        return event.eventId().toString().replace("$", "%24");
    }

    private Pdu connected(Pdu event) {
        known.put(event.eventId(), new KnownEvents.Known(event, true));
        return event;
    }

    private Map<EventId, KnownEvents.Known> find(Collection<EventId> ids) {
        return ids.stream()
                .filter(known::containsKey)
                .collect(Collectors.toMap(id -> id, known::get, (a, b) -> a, LinkedHashMap::new));
    }

    private void pause(Duration length) {
        pauses.add(length);
        now = now.plus(length);
    }

    private FetchWish wish(Pdu waits, boolean pushed, List<Pdu> latestKnown) {
        return new FetchWish(
                waits.eventId() + "#1",
                room.roomId(),
                "11",
                waits.eventId(),
                remote.name(),
                pushed,
                waits.prevEvents(),
                List.of(),
                latestKnown.stream().map(Pdu::eventId).toList(),
                1);
    }

    /** The log in short. */
    private List<String> logged() {
        return federation.logs.log.stream().map(FillGapTest::inShort).toList();
    }

    private static String inShort(ReceivedRecord record) {
        if (record instanceof Fetched fetched) {
            return (fetched.outlier() ? "auth " : "fetched ") + fetched.eventId();
        }
        if (record instanceof ParentSeed seed) {
            return "seed " + seed.eventId();
        }
        return "outcome " + ((FetchOutcome) record).complete();
    }

    private final class TestClock extends Clock {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
