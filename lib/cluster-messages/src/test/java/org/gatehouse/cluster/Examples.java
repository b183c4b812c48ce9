package org.gatehouse.cluster;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.identifier.UserId;

/** One example of each record, by name. */
final class Examples {

    private static final RoomId ROOM = new RoomId("!room:alpha.example");
    private static final EventId EVENT = new EventId("$lXy9pnyUIhGUm0S3nGdUZYcNCfZbBqFUJ4zA6bWyxDE");
    private static final EventId PARENT = new EventId("$Cmp6BOcTzQ-3ZyoZxS0b4tLJ_jGiqCWl42IxcqmvyQk");
    private static final ServerName ALPHA = new ServerName("alpha.example");
    private static final ServerName BETA = new ServerName("beta.example:8448");
    private static final UserId ALICE = new UserId("@alice:alpha.example");
    private static final UserId BOB = new UserId("@bob:beta.example:8448");
    private static final PduBytes PDU = new PduBytes(
            "{\"content\":{\"body\":\"grüß\"},\"type\":\"m.room.message\"}".getBytes(StandardCharsets.UTF_8));
    private static final BulkRange RANGE = new BulkRange("bulk-1", 3, 17, 42, 26);
    private static final ReplyTo REPLY = new ReplyTo(5, "c0ffee");
    private static final Optional<String> TRACE =
            Optional.of("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
    private static final List<JsonObject> STRIPPED =
            List.of(JsonObject.EMPTY.with("type", "m.room.name").with("state_key", ""));

    private static final PolicyServer POLICY = new PolicyServer(BETA, "6yhHGKhCiXTSEN2ksjV7kX_N6rBQZ3Xb-M7LlC6NS-s");

    private Examples() {}

    record Example<T extends ClusterRecord>(RecordCodec<T> codec, T message) {
        EncodedRecord encode() {
            return codec.encode(message);
        }
    }

    static Map<String, Example<?>> all() {
        Map<String, Example<?>> examples = new LinkedHashMap<>();
        received(examples);
        connected(examples);
        judged(examples);
        edus(examples);
        others(examples);
        return examples;
    }

    private static void received(Map<String, Example<?>> examples) {
        RecordCodec<ReceivedRecord> codec = RecordCodec.of(ReceivedRecord.class);
        add(
                examples,
                codec,
                "received-pushed",
                new ReceivedRecord.Pushed(ROOM, "11", EVENT, BETA, true, Optional.of(REPLY), TRACE, PDU));
        add(
                examples,
                codec,
                "received-made",
                new ReceivedRecord.Made(ROOM, "11", EVENT, ALICE, Optional.empty(), Optional.empty(), PDU));
        add(
                examples,
                codec,
                "received-fetched",
                new ReceivedRecord.Fetched(ROOM, "11", EVENT, BETA, "wish-1", true, PDU));
        add(
                examples,
                codec,
                "received-fetch-outcome",
                new ReceivedRecord.FetchOutcome(ROOM, "wish-1", EVENT, false, "nobody has it"));
        add(
                examples,
                codec,
                "received-parent-seed",
                new ReceivedRecord.ParentSeed(ROOM, "11", PARENT, BETA, "wish-1", RANGE, PDU));
        add(
                examples,
                codec,
                "received-pushed-under-policy",
                new ReceivedRecord.Pushed(
                        ROOM, "11", EVENT, BETA, false, Optional.empty(), TRACE, PDU, Optional.of(POLICY)));
        add(
                examples,
                codec,
                "received-policy-answer",
                new ReceivedRecord.PolicyAnswer(ROOM, "11", EVENT, BETA, Optional.of("c2ln"), "signed"));
        add(examples, codec, "received-join-begun", new ReceivedRecord.JoinBegun(ROOM, "11", "attempt-1", ALICE));
        add(
                examples,
                codec,
                "received-join-done",
                new ReceivedRecord.JoinDone(ROOM, "11", "attempt-1", EVENT, BETA, RANGE, Optional.of(REPLY), PDU));
        add(
                examples,
                codec,
                "received-join-failed",
                new ReceivedRecord.JoinFailed(ROOM, "attempt-1", "403 M_FORBIDDEN"));
        add(
                examples,
                codec,
                "received-out-of-band",
                new ReceivedRecord.OutOfBand(ROOM, "11", EVENT, ALICE, "invite", STRIPPED, Optional.of(REPLY), PDU));
    }

    private static void connected(Map<String, Example<?>> examples) {
        RecordCodec<ConnectedRecord> codec = RecordCodec.of(ConnectedRecord.class);
        add(
                examples,
                codec,
                "connected-connected",
                new ConnectedRecord.Connected(
                        ROOM,
                        "11",
                        EVENT,
                        7,
                        ConnectedRecord.Source.JOINED,
                        BETA,
                        false,
                        Optional.of(new ConnectedRecord.Seed(true, RANGE)),
                        Optional.of(REPLY),
                        99,
                        PDU));
        add(examples, codec, "connected-outlier", new ConnectedRecord.Outlier(ROOM, "11", EVENT, 99, PDU));
        add(examples, codec, "connected-join-begun", new ConnectedRecord.JoinBegun(ROOM, "11", "attempt-1", ALICE, 99));
        add(examples, codec, "connected-join-failed", new ConnectedRecord.JoinFailed(ROOM, "attempt-1", "gave up", 99));
        add(
                examples,
                codec,
                "connected-out-of-band",
                new ConnectedRecord.OutOfBand(ROOM, "11", EVENT, ALICE, "leave", STRIPPED, Optional.empty(), 99, PDU));
    }

    private static void judged(Map<String, Example<?>> examples) {
        RecordCodec<JudgedRecord> codec = RecordCodec.of(JudgedRecord.class);
        add(
                examples,
                codec,
                "judged-judged",
                new JudgedRecord.Judged(
                        ROOM,
                        "11",
                        EVENT,
                        7,
                        ConnectedRecord.Source.PUSHED,
                        BETA,
                        Verdict.SOFT_FAILED,
                        "v11/5.1",
                        "the sender has left",
                        12,
                        13,
                        List.of(
                                new JudgedRecord.CurrentChange(
                                        "m.room.topic", "", Optional.of(PARENT), Optional.of(PDU)),
                                new JudgedRecord.CurrentChange("m.x", "k", Optional.empty(), Optional.empty())),
                        "shared",
                        true,
                        List.of(ALPHA, BETA),
                        false,
                        99,
                        PDU));
        add(
                examples,
                codec,
                "judged-out-of-band",
                new JudgedRecord.OutOfBandKept(ROOM, "11", EVENT, ALICE, "invite", STRIPPED, 99, PDU));
        add(examples, codec, "judged-join-failed", new JudgedRecord.JoinFailed(ROOM, "attempt-1", "gave up", 99));
    }

    private static void edus(Map<String, Example<?>> examples) {
        RecordCodec<ReceivedEdu> codec = RecordCodec.of(ReceivedEdu.class);
        add(examples, codec, "edu-typing", new ReceivedEdu.Typing(BETA, ALPHA, ROOM, BOB, true));
        add(
                examples,
                codec,
                "edu-receipts",
                new ReceivedEdu.ReadReceipts(
                        BETA,
                        ALPHA,
                        ROOM,
                        List.of(
                                new ReceivedEdu.Read(BOB, EVENT, 1, Optional.of("main")),
                                new ReceivedEdu.Read(ALICE, PARENT, 2, Optional.empty()))));
        add(
                examples,
                codec,
                "edu-presence",
                new ReceivedEdu.Presence(BETA, ALPHA, BOB, "online", 5, Optional.of("here"), true));
        add(
                examples,
                codec,
                "edu-to-device",
                new ReceivedEdu.ToDevice(BETA, ALPHA, BOB, "m.room_key_request", "m1", ALICE, PDU));
        add(
                examples,
                codec,
                "edu-device-list",
                new ReceivedEdu.DeviceList(
                        BETA,
                        ALPHA,
                        BOB,
                        "PHONE",
                        7,
                        List.of(5L, 6L),
                        Optional.of("Phone"),
                        false,
                        Optional.of(JsonObject.EMPTY.with("device_id", "PHONE"))));
        add(
                examples,
                codec,
                "edu-signing-keys",
                new ReceivedEdu.SigningKeys(
                        BETA, ALPHA, BOB, Optional.of(JsonObject.EMPTY.with("usage", "master")), Optional.empty()));
    }

    private static void others(Map<String, Example<?>> examples) {
        add(
                examples,
                RecordCodec.of(BulkRecord.class),
                "bulk",
                new BulkRecord("bulk-1", ROOM, "11", BulkRecord.Role.STATE, EVENT, Optional.of(PDU)));
        add(
                examples,
                RecordCodec.of(RoomFacts.class),
                "room-facts",
                new RoomFacts(
                        ROOM,
                        "11",
                        Optional.of(JsonObject.EMPTY.with("allow_ip_literals", false)),
                        false,
                        Map.of(ALPHA, 3),
                        List.of(new RoomFacts.Pending(ALICE, BOB, "invite", EVENT)),
                        99));
        add(
                examples,
                RecordCodec.of(RoomFacts.class),
                "room-facts-with-policy",
                new RoomFacts(
                        ROOM, "11", Optional.empty(), false, Map.of(ALPHA, 3), List.of(), 99, Optional.of(POLICY)));
        RecordCodec<GraphWish> wishes = RecordCodec.of(GraphWish.class);
        add(
                examples,
                wishes,
                "wish-fetch-under-policy",
                new FetchWish(
                        "wish-1",
                        ROOM,
                        "11",
                        EVENT,
                        BETA,
                        true,
                        List.of(PARENT),
                        List.of(),
                        List.of(PARENT),
                        4,
                        Optional.of(POLICY)));
        add(examples, wishes, "wish-policy", new PolicyWish(ROOM, "11", EVENT, POLICY, PDU));
        add(
                examples,
                wishes,
                "wish-fetch",
                new FetchWish("wish-1", ROOM, "11", EVENT, BETA, true, List.of(PARENT), List.of(), List.of(PARENT), 4));
        add(
                examples,
                RecordCodec.of(SendWish.class),
                "send-wish",
                new SendWish(
                        ROOM,
                        ALICE,
                        "PHONE",
                        "txn1",
                        "m.room.message",
                        Optional.empty(),
                        JsonObject.EMPTY.with("body", "hi"),
                        Optional.of(1L),
                        Optional.of(REPLY)));
        add(
                examples,
                RecordCodec.of(OutboundPdu.class),
                "outbound",
                new OutboundPdu(3, List.of(BETA), ALPHA, ROOM, EVENT, PDU));
        add(
                examples,
                RecordCodec.of(VerdictReply.class),
                "verdict-reply",
                new VerdictReply(
                        REPLY, ROOM, Optional.of(EVENT), Verdict.ACCEPTED, "", "", 7, 13, 200, Optional.empty()));
        add(examples, RecordCodec.of(PeerHeard.class), "peer-heard", new PeerHeard(BETA));
        add(
                examples,
                RecordCodec.of(Quarantined.class),
                "quarantined",
                new Quarantined("event-graph", "pdu-received", 3, 17, ROOM.toString(), "unreadable", PDU));
    }

    private static <T extends ClusterRecord> void add(
            Map<String, Example<?>> examples, RecordCodec<T> codec, String name, T message) {
        examples.put(name, new Example<>(codec, message));
    }
}
