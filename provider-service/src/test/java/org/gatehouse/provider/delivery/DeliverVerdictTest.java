package org.gatehouse.provider.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.gatehouse.cluster.JudgedRecord;
import org.gatehouse.cluster.JudgedRecord.CurrentChange;
import org.gatehouse.cluster.JudgedRecord.Judged;
import org.gatehouse.cluster.PduBytes;
import org.gatehouse.cluster.Verdict;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.StrictJson;
import org.gatehouse.matrix.event.EventTypes;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.event.StateKey;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.provider.TestRoom;
import org.gatehouse.provider.appservice.AppServices;
import org.junit.jupiter.api.Test;

/** What of a verdict reaches the tables. */
class DeliverVerdictTest {

    private static final UserId ALICE = TestRoom.ALICE;
    private static final UserId BOB = TestRoom.BOB;
    private static final UserId REMOTE = new UserId("@carol:far.example");

    private final InMemoryDelivery delivery = new InMemoryDelivery(3, new AppServices(List.of()));
    private final TestRoom room = new TestRoom("!room:one.example");

    @Test
    void bringsAcceptedEventsToTheTimeline() {
        Judged first = room.membership(ALICE, ALICE, "join");
        Judged second = room.message(ALICE, "hello");
        delivery.deliver(first);
        long offset = delivery.deliver(second);

        List<TimelineEntry> entries = delivery.timelines.before(room.id(), Long.MAX_VALUE, 10);

        assertThat(entries).extracting(TimelineEntry::eventId).containsExactly(second.eventId(), first.eventId());
        assertThat(entries.get(0).place()).isEqualTo(new Place(3, offset));
        assertThat(delivery.watermarks.at(3)).isEqualTo(offset);
    }

    @Test
    void showsNobodyWhatWasNotAccepted() {
        delivery.deliver(room.membership(ALICE, ALICE, "join"));
        Pdu event = room.event(ALICE, "m.room.message", Optional.empty(), JsonObject.EMPTY);
        delivery.deliver(room.judged(event, List.of(), Verdict.SOFT_FAILED, "shared", false));
        delivery.deliver(room.judged(event, List.of(), Verdict.REJECTED, "shared", false));

        assertThat(delivery.timelines.find(event.eventId())).isEmpty();
    }

    @Test
    void appliesStateThatAMergeBringsIn() {
        delivery.deliver(room.membership(ALICE, ALICE, "join"));
        Pdu topic = room.event(ALICE, "m.room.topic", Optional.of(""), JsonObject.EMPTY.with("topic", "merged"));
        delivery.deliver(room.judged(topic, List.of(), Verdict.SOFT_FAILED, "shared", false));
        Pdu merge = room.event(ALICE, "m.room.message", Optional.empty(), JsonObject.EMPTY);

        delivery.deliver(room.judged(
                merge,
                List.of(new CurrentChange(
                        "m.room.topic",
                        "",
                        Optional.of(topic.eventId()),
                        Optional.of(new PduBytes(topic.canonicalBytes()))))));

        assertThat(delivery.states.find(room.id(), StateKey.of("m.room.topic"))).contains(topic);
        assertThat(delivery.timelines.find(topic.eventId())).isEmpty();
        assertThat(delivery.timelines.find(merge.eventId()).orElseThrow().mergedEvents())
                .containsExactly(topic);
    }

    @Test
    void takesASlotOutOfTheState() {
        delivery.deliver(room.state(ALICE, "m.room.topic", "", JsonObject.EMPTY));
        Pdu merge = room.event(ALICE, "m.room.message", Optional.empty(), JsonObject.EMPTY);
        delivery.deliver(
                room.judged(merge, List.of(new CurrentChange("m.room.topic", "", Optional.empty(), Optional.empty()))));

        assertThat(delivery.states.all(room.id())).isEmpty();
    }

    @Test
    void changesNothingWhenTheJudgeRepeatsItself() {
        Judged join = room.membership(ALICE, ALICE, "join");
        Judged message = room.message(ALICE, "hello");
        delivery.deliver(join);
        delivery.deliver(message);
        Membership before = delivery.memberships.find(ALICE, room.id()).orElseThrow();

        delivery.deliver(join);
        delivery.deliver(message);

        assertThat(delivery.memberships.find(ALICE, room.id())).contains(before);
        assertThat(delivery.timelines.before(room.id(), Long.MAX_VALUE, 10))
                .extracting(entry -> entry.place().offset())
                .containsExactly(1L, 0L);
        assertThat(delivery.watermarks.at(3)).isEqualTo(3);
    }

    @Test
    void comesToTheSameTogetherAsOneByOne() {
        TestRoom other = new TestRoom("!other:one.example");
        Pdu refused = room.event(ALICE, "m.room.message", Optional.empty(), JsonObject.EMPTY);
        List<JudgedRecord> records = List.of(
                room.membership(ALICE, ALICE, "join"),
                room.message(ALICE, "one"),
                other.message(BOB, "a"),
                room.message(ALICE, "two"),
                room.judged(refused, List.of(), Verdict.REJECTED, "shared", false),
                room.membership(ALICE, BOB, "invite"),
                room.message(ALICE, "three"),
                room.outOfBand(REMOTE, BOB, "invite", List.of()),
                other.message(BOB, "b"));
        InMemoryDelivery oneByOne = new InMemoryDelivery(3, new AppServices(List.of()));
        records.forEach(oneByOne::deliver);

        List<DeliveryNotice> notices = delivery.deliverTogether(records);

        for (TestRoom each : List.of(room, other)) {
            assertThat(delivery.timelines.head(each.id())).isEqualTo(oneByOne.timelines.head(each.id()));
            assertThat(delivery.timelines.after(each.id(), 0, 100))
                    .isEqualTo(oneByOne.timelines.after(each.id(), 0, 100))
                    .isNotEmpty();
        }
        assertThat(delivery.memberships.find(BOB, room.id())).isEqualTo(oneByOne.memberships.find(BOB, room.id()));
        assertThat(notices).extracting(DeliveryNotice::offset).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
        assertThat(delivery.watermarks.at(3)).isEqualTo(8);
    }

    @Test
    void changesNothingWhenABatchComesAgainInPieces() {
        List<Judged> records = List.of(
                room.message(ALICE, "one"),
                room.membership(ALICE, BOB, "invite"),
                room.message(ALICE, "two"),
                room.message(ALICE, "three"));
        delivery.deliverTogether(records);
        List<TimelineEntry> before = delivery.timelines.after(room.id(), 0, 10);
        Optional<TimelineHead> head = delivery.timelines.head(room.id());

        delivery.deliverAt(0, records.get(0));
        DeliveryNotice again =
                delivery.deliverTogetherFrom(1, records.subList(1, 4)).get(0);

        assertThat(delivery.timelines.after(room.id(), 0, 10)).isEqualTo(before).hasSize(4);
        assertThat(delivery.timelines.head(room.id())).isEqualTo(head);
        assertThat(again.users()).containsExactly(BOB);
    }

    @Test
    void tellsOtherInstancesOfARoomOnce() {
        DeliveryNotice first = new DeliveryNotice(3, 7, room.id(), 4, List.of(ALICE));
        DeliveryNotice elsewhere = new DeliveryNotice(3, 8, new TestRoom("!other:one.example").id(), 1, List.of());
        DeliveryNotice last = new DeliveryNotice(3, 9, room.id(), 5, List.of(BOB));

        assertThat(AnnounceDelivery.onePerRoom(List.of(first, elsewhere, last)))
                .containsExactlyInAnyOrder(elsewhere, new DeliveryNotice(3, 9, room.id(), 5, List.of(ALICE, BOB)));
    }

    @Test
    void finishesARecordThatWasInterruptedBeforeItsMemberships() {
        Judged join = room.membership(ALICE, ALICE, "join");
        delivery.deliverAt(0, join);
        delivery.memberships.put(List.of());
        delivery.deliverAt(0, join);

        assertThat(delivery.memberships.find(ALICE, room.id()).orElseThrow().isJoined())
                .isTrue();
    }

    @Test
    void remembersSinceWhenAMembershipIsWhatItIs() {
        delivery.deliver(room.membership(ALICE, ALICE, "join"));
        delivery.deliver(room.membership(ALICE, BOB, "invite"));
        delivery.deliver(room.membership(BOB, BOB, "join"));
        delivery.deliver(room.state(
                BOB,
                EventTypes.MEMBER,
                BOB.value(),
                JsonObject.EMPTY.with("membership", "join").with("displayname", "Bob")));

        Membership bob = delivery.memberships.find(BOB, room.id()).orElseThrow();

        assertThat(bob.since()).isEqualTo(2);
        assertThat(bob.place().offset()).isEqualTo(3);
        assertThat(bob.previous()).isEqualTo("invite");
        assertThat(bob.previousSince()).isEqualTo(1);
    }

    @Test
    void keepsNoMembershipsOfOtherServersUsers() {
        delivery.deliver(room.membership(REMOTE, REMOTE, "join"));

        assertThat(delivery.memberships.find(REMOTE, room.id())).isEmpty();
    }

    @Test
    void putsAWholeStateInThePlaceOfWhatWasThereBeforeOurJoin() {
        delivery.deliver(room.membership(ALICE, ALICE, "join"));
        delivery.deliver(room.membership(BOB, BOB, "join"));
        delivery.deliver(room.state(ALICE, "m.room.topic", "", JsonObject.EMPTY));
        Pdu rejoin = room.event(
                ALICE, EventTypes.MEMBER, Optional.of(ALICE.value()), JsonObject.EMPTY.with("membership", "join"));
        Pdu name = room.event(REMOTE, "m.room.name", Optional.of(""), JsonObject.EMPTY.with("name", "far"));

        delivery.deliver(room.judged(
                rejoin,
                List.of(
                        new CurrentChange(
                                EventTypes.MEMBER, ALICE.value(), Optional.of(rejoin.eventId()), Optional.empty()),
                        new CurrentChange(
                                "m.room.name",
                                "",
                                Optional.of(name.eventId()),
                                Optional.of(new PduBytes(name.canonicalBytes())))),
                Verdict.ACCEPTED,
                "shared",
                true));

        assertThat(delivery.states.all(room.id())).containsExactlyInAnyOrder(rejoin, name);
        assertThat(delivery.memberships.find(BOB, room.id()).orElseThrow().kind())
                .isEqualTo("leave");
        assertThat(delivery.timelines.find(rejoin.eventId()).orElseThrow().mergedEvents())
                .isEmpty();
    }

    @Test
    void keepsOutOfBandInvitesAndTheirEnd() {
        JsonObject name = StrictJson.parseObject("""
                {"type": "m.room.name", "state_key": "", "sender": "@carol:far.example", "content": {"name": "Far"},
                 "unsigned": {"evil": 1}}""");
        delivery.deliver(room.outOfBand(REMOTE, BOB, "invite", List.of(name, JsonObject.EMPTY)));

        Membership invite = delivery.memberships.find(BOB, room.id()).orElseThrow();
        assertThat(invite.isInvited()).isTrue();
        assertThat(invite.strippedState()).containsExactly(name.without("unsigned"));

        delivery.deliver(room.outOfBand(REMOTE, BOB, "leave", List.of()));
        assertThat(delivery.memberships.find(BOB, room.id()).orElseThrow().isOut())
                .isTrue();
    }

    @Test
    void doesNotLetAnOutOfBandLeaveEndAJoin() {
        delivery.deliver(room.membership(BOB, BOB, "join"));
        delivery.deliver(room.outOfBand(REMOTE, BOB, "leave", List.of()));

        assertThat(delivery.memberships.find(BOB, room.id()).orElseThrow().isJoined())
                .isTrue();
    }
}
