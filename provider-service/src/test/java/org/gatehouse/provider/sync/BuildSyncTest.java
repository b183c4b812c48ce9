package org.gatehouse.provider.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.gatehouse.cluster.JudgedRecord.CurrentChange;
import org.gatehouse.cluster.JudgedRecord.Judged;
import org.gatehouse.cluster.PduBytes;
import org.gatehouse.cluster.Verdict;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.JsonValue;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.provider.TestCluster;
import org.gatehouse.provider.TestRoom;
import org.gatehouse.provider.appservice.AppServices;
import org.gatehouse.provider.delivery.InMemoryDelivery;
import org.gatehouse.provider.delivery.InviteState;
import org.junit.jupiter.api.Test;

/** What a sync shows from one token to the next. */
class BuildSyncTest {

    private static final UserId ALICE = TestRoom.ALICE;
    private static final UserId BOB = TestRoom.BOB;
    private static final UserId REMOTE = new UserId("@carol:far.example");

    private final InMemoryDelivery delivery = new InMemoryDelivery(5, new AppServices(List.of()));
    private final TestRoom room = new TestRoom("!room:one.example");
    private final BuildSync build = new BuildSync(
            delivery.memberships,
            delivery.watermarks,
            new RoomSections(delivery.timelines, new StateSection(delivery.states), new InviteState(delivery.states)),
            TestCluster.config());

    @Test
    void showsEverythingAtFirst() {
        delivery.deliver(room.membership(ALICE, ALICE, "join"));
        Judged name = room.state(ALICE, "m.room.name", "", JsonObject.EMPTY.with("name", "A"));
        delivery.deliver(name);
        Judged last = room.message(ALICE, "hello");
        delivery.deliver(last);

        JsonObject joined = joined(sync(ALICE, Optional.empty(), 2));

        assertThat(ids(joined, "timeline"))
                .containsExactly(name.eventId().value(), last.eventId().value());
        assertThat(joined.object("timeline").orElseThrow().bool("limited")).contains(true);
        assertThat(types(joined, "state")).containsExactly("m.room.member");
    }

    @Test
    void showsEachEventOnceFromTokenToToken() {
        delivery.deliver(room.membership(ALICE, ALICE, "join"));
        SyncResult first = sync(ALICE, Optional.empty(), 10);
        Judged one = room.message(ALICE, "one");
        delivery.deliver(one);
        SyncResult second = sync(ALICE, Optional.of(first.next()), 10);
        SyncResult third = sync(ALICE, Optional.of(second.next()), 10);

        assertThat(ids(joined(second), "timeline"))
                .containsExactly(one.eventId().value());
        assertThat(joined(second).object("timeline").orElseThrow().bool("limited"))
                .contains(false);
        assertThat(types(joined(second), "state")).isEmpty();
        assertThat(third.isEmpty()).isTrue();
        assertThat(third.next()).isEqualTo(second.next());
    }

    @Test
    void tellsTheStateThatTheGapHides() {
        delivery.deliver(room.membership(ALICE, ALICE, "join"));
        SyncToken since = sync(ALICE, Optional.empty(), 10).next();
        Judged old = room.state(ALICE, "m.room.topic", "", JsonObject.EMPTY.with("topic", "old"));
        Judged topic = room.state(ALICE, "m.room.topic", "", JsonObject.EMPTY.with("topic", "new"));
        delivery.deliver(old);
        delivery.deliver(topic);
        delivery.deliver(room.message(ALICE, "1"));
        delivery.deliver(room.message(ALICE, "2"));

        JsonObject joined = joined(sync(ALICE, Optional.of(since), 2));

        assertThat(ids(joined, "state")).containsExactly(topic.eventId().value());
        assertThat(joined.object("timeline").orElseThrow().bool("limited")).contains(true);
        assertThat(joined.object("timeline").orElseThrow().string("prev_batch")).contains("t4");
    }

    @Test
    void showsStateThatAResolutionBroughtInAsState() {
        delivery.deliver(room.membership(ALICE, ALICE, "join"));
        SyncToken since = sync(ALICE, Optional.empty(), 10).next();
        Pdu topic = room.event(ALICE, "m.room.topic", Optional.of(""), JsonObject.EMPTY);
        Pdu merge = room.event(ALICE, "m.room.message", Optional.empty(), JsonObject.EMPTY);
        delivery.deliver(room.judged(
                merge,
                List.of(new CurrentChange(
                        "m.room.topic",
                        "",
                        Optional.of(topic.eventId()),
                        Optional.of(new PduBytes(topic.canonicalBytes()))))));

        JsonObject joined = joined(sync(ALICE, Optional.of(since), 10));

        assertThat(ids(joined, "state")).containsExactly(topic.eventId().value());
        assertThat(ids(joined, "timeline")).containsExactly(merge.eventId().value());
    }

    @Test
    void showsInvitesThenTheRoomInFull() {
        delivery.deliver(room.membership(ALICE, ALICE, "join"));
        delivery.deliver(room.state(ALICE, "m.room.name", "", JsonObject.EMPTY.with("name", "A")));
        SyncToken nothing = sync(BOB, Optional.empty(), 10).next();
        delivery.deliver(room.membership(ALICE, BOB, "invite"));
        SyncResult invited = sync(BOB, Optional.of(nothing), 10);
        delivery.deliver(room.membership(BOB, BOB, "join"));
        SyncResult joined = sync(BOB, Optional.of(invited.next()), 1);

        JsonObject invite = section(invited, "invite");
        assertThat(types(invite, "invite_state")).contains("m.room.name", "m.room.member");
        assertThat(types(joined(joined), "state")).contains("m.room.name", "m.room.member");
        assertThat(types(joined(joined), "timeline")).containsExactly("m.room.member");
    }

    @Test
    void endsARoomWithTheLeaveOfItsUser() {
        delivery.deliver(room.membership(ALICE, ALICE, "join"));
        delivery.deliver(room.membership(BOB, BOB, "join"));
        SyncToken since = sync(BOB, Optional.empty(), 10).next();
        Judged kick = room.membership(ALICE, BOB, "leave");
        delivery.deliver(kick);
        delivery.deliver(room.message(ALICE, "he is gone"));

        JsonObject left = section(sync(BOB, Optional.of(since), 10), "leave");

        assertThat(ids(left, "timeline")).containsExactly(kick.eventId().value());
    }

    @Test
    void showsOutOfBandInvitesAndTheirRescission() {
        JsonObject name = JsonObject.builder()
                .put("type", "m.room.name")
                .put("state_key", "")
                .put("sender", REMOTE.value())
                .put("content", JsonObject.EMPTY.with("name", "Far"))
                .build();
        SyncToken nothing = sync(BOB, Optional.empty(), 10).next();
        delivery.deliver(room.outOfBand(REMOTE, BOB, "invite", List.of(name)));
        SyncResult invited = sync(BOB, Optional.of(nothing), 10);
        delivery.deliver(room.outOfBand(REMOTE, BOB, "leave", List.of()));
        SyncResult rescinded = sync(BOB, Optional.of(invited.next()), 10);

        assertThat(types(section(invited, "invite"), "invite_state")).containsExactly("m.room.name", "m.room.member");
        assertThat(types(section(rescinded, "leave"), "timeline")).containsExactly("m.room.member");
    }

    @Test
    void hidesWhatWasSaidBeforeTheUserJoined() {
        delivery.deliver(room.membership(ALICE, ALICE, "join"));
        Pdu secret = room.event(ALICE, "m.room.message", Optional.empty(), JsonObject.EMPTY);
        delivery.deliver(room.judged(secret, List.of(), Verdict.ACCEPTED, "joined", false));
        Pdu join =
                room.event(BOB, "m.room.member", Optional.of(BOB.value()), JsonObject.EMPTY.with("membership", "join"));
        delivery.deliver(room.judged(
                join,
                List.of(new CurrentChange("m.room.member", BOB.value(), Optional.of(join.eventId()), Optional.empty())),
                Verdict.ACCEPTED,
                "joined",
                false));

        JsonObject joined = joined(sync(BOB, Optional.empty(), 10));

        assertThat(ids(joined, "timeline"))
                .doesNotContain(secret.eventId().value())
                .contains(join.eventId().value());
    }

    @Test
    void beginsAgainWithATokenOfAnotherGeneration() {
        delivery.deliver(room.membership(ALICE, ALICE, "join"));
        SyncToken old =
                new SyncToken(9, sync(ALICE, Optional.empty(), 10).next().offsets());

        assertThat(types(joined(sync(ALICE, Optional.of(old), 10)), "timeline")).containsExactly("m.room.member");
    }

    @Test
    void forgetsWhatTheUserForgot() {
        delivery.deliver(room.membership(BOB, BOB, "join"));
        SyncToken since = sync(BOB, Optional.empty(), 10).next();
        long left = delivery.deliver(room.membership(BOB, BOB, "leave"));
        delivery.memberships.forget(BOB, room.id(), left);

        assertThat(sync(BOB, Optional.of(since), 10).isEmpty()).isTrue();
    }

    @Test
    void readsItsOwnTokens() {
        delivery.deliver(room.membership(ALICE, ALICE, "join"));
        SyncToken token = sync(ALICE, Optional.empty(), 10).next();

        assertThat(SyncToken.parse(token.toString())).contains(token);
        assertThat(token.toString()).isEqualTo("s10_5.0");
        assertThat(SyncToken.parse("t5")).isEmpty();
        assertThat(SyncToken.parse("s10_x")).isEmpty();
        assertThat(SyncToken.parse("s10_5.")).isEmpty();
    }

    private SyncResult sync(UserId user, Optional<SyncToken> since, int limit) {
        return build.build(new SyncRequest(user, since, false, limit));
    }

    private JsonObject joined(SyncResult result) {
        return section(result, "join");
    }

    private JsonObject section(SyncResult result, String kind) {
        return result.rooms()
                .object(kind)
                .flatMap(rooms -> rooms.object(room.id().value()))
                .orElseThrow();
    }

    private static List<JsonObject> events(JsonObject section, String part) {
        return section.object(part).flatMap(json -> json.array("events")).orElseThrow().values().stream()
                .map(JsonValue::asObject)
                .map(Optional::orElseThrow)
                .toList();
    }

    private static List<String> ids(JsonObject section, String part) {
        return events(section, part).stream()
                .map(event -> event.string("event_id").orElse(""))
                .toList();
    }

    private static List<String> types(JsonObject section, String part) {
        return events(section, part).stream()
                .map(event -> event.string("type").orElse(""))
                .toList();
    }
}
