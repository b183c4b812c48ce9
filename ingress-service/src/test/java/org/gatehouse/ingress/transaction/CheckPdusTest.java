package org.gatehouse.ingress.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gatehouse.cluster.ReceivedRecord;
import org.gatehouse.cluster.RoomFacts;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.canonicaljson.JsonNull;
import org.gatehouse.matrix.canonicaljson.JsonNumber;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.JsonString;
import org.gatehouse.matrix.canonicaljson.StrictJson;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.matrix.signing.PolicySignature;
import org.junit.jupiter.api.Test;

class CheckPdusTest {

    private final Fixture fixture = new Fixture();

    @Test
    void saysWhichPolicyServerTheRoomUses() {
        fixture.know(fixture.underPolicy());

        PduResult result = fixture.check(fixture.message("hello").json()).get(0);

        assertThat(pushed(result).policy()).contains(Fixture.POLICY);
    }

    /** The policy server may be the origin itself: then its two keys stand side by side. */
    @Test
    void thePolicyServersSignatureNeitherCountsNorDisturbs() {
        fixture.know(fixture.underPolicy());
        Pdu event = fixture.message("hello");
        JsonObject both = PolicySignature.merge(event.json(), fixture.peer.name(), "AAAA");
        JsonObject alone = PolicySignature.merge(event.json().without("signatures"), fixture.peer.name(), "AAAA");

        assertThat(fixture.check(both).get(0)).isInstanceOf(PduResult.Logged.class);
        assertThat(fixture.check(alone).get(0)).isInstanceOf(PduResult.Refused.class);
    }

    @Test
    void logsAGoodEventWithItsBytes() {
        Pdu message = fixture.message("hello");

        List<PduResult> results = fixture.check(message.json());

        ReceivedRecord.Pushed logged =
                (ReceivedRecord.Pushed) results.get(0).toLog().orElseThrow();
        assertThat(logged.eventId()).isEqualTo(message.eventId());
        assertThat(logged.origin()).isEqualTo(fixture.peer.name());
        assertThat(logged.pdu().canonical()).isEqualTo(message.canonicalBytes());
        assertThat(logged.fanOut()).isFalse();
    }

    @Test
    void refusesABadSignatureByName() {
        Pdu message = fixture.message("hello");
        JsonObject forged = message.json().with("depth", message.depth() + 1);

        List<PduResult> results = fixture.check(forged);

        assertThat(results).singleElement().isInstanceOf(PduResult.Refused.class);
        assertThat(results.get(0).eventId()).isPresent();
        assertThat(results.get(0).error()).isPresent();
    }

    @Test
    void redactsAnEventWhoseContentHashIsWrong() {
        Pdu message = fixture.message("hello");
        JsonObject changed = message.json().with("content", JsonObject.EMPTY.with("body", "bye"));

        List<PduResult> results = fixture.check(changed);

        ReceivedRecord.Pushed logged =
                (ReceivedRecord.Pushed) results.get(0).toLog().orElseThrow();
        JsonObject kept = StrictJson.parseObject(logged.pdu().canonical());
        assertThat(logged.eventId()).isEqualTo(message.eventId());
        assertThat(kept.object("content")).contains(JsonObject.EMPTY);
        assertThat(results.get(0).error()).isEmpty();
    }

    @Test
    void ignoresWhatIsNoEventAndGoesOn() {
        Pdu message = fixture.message("hello");

        List<PduResult> results =
                fixture.check(JsonNull.NULL, new JsonString("x"), JsonArray.of(), JsonObject.EMPTY, message.json());

        assertThat(results).singleElement().isInstanceOf(PduResult.Logged.class);
    }

    @Test
    void dropsAFloatAloneAndKeepsTheOthers() {
        Pdu message = fixture.message("hello");
        JsonObject content = StrictJson.parseObject("{\"body\":1.1}".getBytes());

        List<PduResult> results = fixture.check(message.json().with("content", content), message.json());

        assertThat(results.get(0)).isInstanceOf(PduResult.Refused.class);
    }

    @Test
    void ignoresARoomThatIsUnknown() {
        Pdu message = fixture.message("hello");
        fixture.rooms.clear();

        assertThat(fixture.check(message.json())).isEmpty();
    }

    @Test
    void ignoresARoomThatTheAddressedNameHasLeft() {
        Pdu message = fixture.message("hello");
        fixture.know(fixture.facts(Optional.empty(), Map.of(), List.of()));

        assertThat(fixture.check(message.json())).singleElement().isInstanceOf(PduResult.Ignored.class);
    }

    @Test
    void refusesAServerThatTheAclDenies() {
        Pdu message = fixture.message("hello");
        JsonObject acl = JsonObject.EMPTY
                .with("allow", JsonArray.of(new JsonString("*")))
                .with("deny", JsonArray.of(new JsonString("PEER.example")));
        fixture.know(fixture.facts(Optional.of(acl), Map.of(Fixture.HOSTED, 1), List.of()));

        assertThat(fixture.check(message.json())).singleElement().isInstanceOf(PduResult.Refused.class);
    }

    @Test
    void o05LooksForNoKeysOfWhatIsRefusedWithoutThem() {
        Pdu known = fixture.message("known");
        fixture.loggedEvents.add(known.eventId());

        fixture.check(
                fixture.message("unknown room").json().with("room_id", "!elsewhere:peer.example"),
                fixture.message("float").json().with("depth", new JsonNumber("1.5")),
                fixture.message("large").json().with("content", JsonObject.EMPTY.with("a", "x".repeat(70_000))),
                known.json());

        assertThat(fixture.keysWanted).isEmpty();
    }

    @Test
    void o05LooksForNoKeysOfAServerThatTheAclDenies() {
        JsonObject denied = JsonObject.EMPTY.with("allow", JsonArray.EMPTY);
        fixture.know(fixture.facts(Optional.of(denied), Map.of(Fixture.HOSTED, 1), List.of()));

        fixture.check(fixture.message("denied").json());

        assertThat(fixture.keysWanted).isEmpty();
    }

    @Test
    void looksOnceAtAnEventThatComesTwice() {
        Pdu message = fixture.message("hello");

        assertThat(fixture.check(message.json(), message.json())).hasSize(1);
    }

    @Test
    void doesNotLogAgainWhatWasAcknowledged() {
        Pdu message = fixture.message("hello");
        fixture.loggedEvents.add(message.eventId());

        assertThat(fixture.check(message.json())).singleElement().isInstanceOf(PduResult.Known.class);
    }

    @Test
    void takesBackAPendingInviteByItsSenderOnly() {
        UserId invited = new UserId("@bob:" + Fixture.HOSTED);
        UserId inviter = fixture.peer.user("ann");
        EventId invite = fixture.room
                .state(inviter, "m.room.member", invited.toString(), JsonObject.EMPTY.with("membership", "invite"))
                .eventId();
        Pdu leave = fixture.room.state(
                inviter, "m.room.member", invited.toString(), JsonObject.EMPTY.with("membership", "leave"));
        fixture.know(fixture.facts(
                Optional.empty(), Map.of(), List.of(new RoomFacts.Pending(invited, inviter, "invite", invite))));

        List<PduResult> taken = fixture.check(leave.json());
        fixture.know(fixture.facts(
                Optional.empty(),
                Map.of(),
                List.of(new RoomFacts.Pending(invited, fixture.peer.user("other"), "invite", invite))));
        List<PduResult> ofAnother = fixture.check(leave.json());

        assertThat(taken.get(0).toLog().orElseThrow()).isInstanceOf(ReceivedRecord.OutOfBand.class);
        assertThat(ofAnother).singleElement().isInstanceOf(PduResult.Ignored.class);
    }

    private static ReceivedRecord.Pushed pushed(PduResult result) {
        return (ReceivedRecord.Pushed) ((PduResult.Logged) result).message();
    }
}
