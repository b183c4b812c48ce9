package org.gatehouse.provider;

import java.util.List;
import java.util.Optional;
import org.gatehouse.cluster.ConnectedRecord;
import org.gatehouse.cluster.JudgedRecord;
import org.gatehouse.cluster.JudgedRecord.CurrentChange;
import org.gatehouse.cluster.JudgedRecord.Judged;
import org.gatehouse.cluster.PduBytes;
import org.gatehouse.cluster.Verdict;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.event.EventDraft;
import org.gatehouse.matrix.event.EventTypes;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.matrix.roomversion.RoomVersions;

/** Makes the verdicts of one room of version 11, in order. */
public final class TestRoom {

    public static final UserId ALICE = new UserId("@alice:one.example");
    public static final UserId BOB = new UserId("@bob:one.example");

    private final TestSigner signer = new TestSigner();
    private final RoomId roomId;
    private long ordinal;
    private long time = 1_000;

    public TestRoom(String roomId) {
        this.roomId = new RoomId(roomId);
    }

    public RoomId id() {
        return roomId;
    }

    /** A message that was accepted. */
    public Judged message(UserId sender, String text) {
        return judged(
                event(sender, "m.room.message", Optional.empty(), JsonObject.EMPTY.with("body", text)), List.of());
    }

    /** A state event that was accepted and came into the current state. */
    public Judged state(UserId sender, String type, String key, JsonObject content) {
        Pdu event = event(sender, type, Optional.of(key), content);
        return judged(event, List.of(new CurrentChange(type, key, Optional.of(event.eventId()), Optional.empty())));
    }

    public Judged membership(UserId sender, UserId target, String kind) {
        return state(sender, EventTypes.MEMBER, target.value(), JsonObject.EMPTY.with("membership", kind));
    }

    /** An accepted event with changes of the current state that the test says. */
    public Judged judged(Pdu event, List<CurrentChange> changes) {
        return judged(event, changes, Verdict.ACCEPTED, "shared", false);
    }

    public Judged judged(Pdu event, List<CurrentChange> changes, Verdict verdict, String visibility, boolean joinSeed) {
        return new Judged(
                roomId,
                "11",
                event.eventId(),
                ++ordinal,
                ConnectedRecord.Source.MADE,
                event.sender().serverName(),
                verdict,
                "",
                "",
                0,
                0,
                changes,
                visibility,
                false,
                List.of(),
                joinSeed,
                0,
                new PduBytes(event.canonicalBytes()));
    }

    public JudgedRecord.OutOfBandKept outOfBand(UserId sender, UserId target, String kind, List<JsonObject> stripped) {
        Pdu event = event(
                sender, EventTypes.MEMBER, Optional.of(target.value()), JsonObject.EMPTY.with("membership", kind));
        return new JudgedRecord.OutOfBandKept(
                roomId, "11", event.eventId(), target, kind, stripped, 0, new PduBytes(event.canonicalBytes()));
    }

    public Pdu event(UserId sender, String type, Optional<String> stateKey, JsonObject content) {
        EventDraft.Builder draft = EventDraft.builder(RoomVersions.V11, sender, type)
                .roomId(roomId)
                .content(content)
                .depth(ordinal + 1)
                .originServerTs(time++);
        stateKey.ifPresent(draft::stateKey);
        return signer.sign(draft.build());
    }
}
