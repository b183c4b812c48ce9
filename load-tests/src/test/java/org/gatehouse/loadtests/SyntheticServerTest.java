package org.gatehouse.loadtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.StrictJson;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.event.StoredPdus;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.roomversion.RoomVersion;
import org.gatehouse.matrix.roomversion.RoomVersions;
import org.gatehouse.testkit.PeerIdentity;
import org.gatehouse.testkit.PeerRoom;
import org.junit.jupiter.api.Test;

class SyntheticServerTest {

    private static final RoomVersion VERSION = RoomVersions.require("12");

    private final PeerIdentity identity = PeerIdentity.of("peer.example");
    private final ServerName destination = new ServerName("gatehouse.example");
    private final List<PeerRoom> rooms = List.of(room("ann"), room("ben"), room("cat"));
    private final Map<RoomId, EventId> headsBefore = heads();
    private final SyntheticServer server =
            new SyntheticServer(identity, destination, identity.user("talker"), rooms, 64);

    @Test
    void everyEventIsOnTopOfTheOneBeforeItInItsRoom() {
        Map<RoomId, EventId> heads = new HashMap<>(headsBefore);
        int seen = 0;
        for (PreparedTransaction transaction : server.prepare(4, 50)) {
            for (Pdu pdu : pdus(transaction)) {
                assertThat(pdu.prevEvents()).containsExactly(heads.put(pdu.roomId(), pdu.eventId()));
                seen++;
            }
        }
        assertThat(seen).isEqualTo(200);
        assertThat(heads).hasSize(3);
    }

    @Test
    void theEventIdsAreThoseOfTheBody() {
        PreparedTransaction transaction = server.next(50, 3);
        assertThat(pdus(transaction).stream().map(Pdu::eventId)).isEqualTo(transaction.eventIds());
        assertThat(transaction.eventIds()).doesNotHaveDuplicates().hasSize(50);
    }

    @Test
    void aTransactionSpansAsManyRoomsAsToldAndTheNextGoesOnAfterThem() {
        List<RoomId> order = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            List<RoomId> spanned = pdus(server.next(10, 1)).stream()
                    .map(Pdu::roomId)
                    .distinct()
                    .toList();
            assertThat(spanned).hasSize(1);
            order.addAll(spanned);
        }
        assertThat(order.subList(0, 3))
                .containsExactlyElementsOf(rooms.stream().map(PeerRoom::roomId).toList());
        assertThat(order.get(3)).isEqualTo(order.get(0));
    }

    @Test
    void theHeaderSignsTargetAndBody() {
        PreparedTransaction transaction = server.next(2, 1);
        assertThat(transaction.authorization())
                .isEqualTo(identity.authorization(
                        "PUT", transaction.target(), destination, Optional.of(body(transaction))));
        assertThat(server.next(2, 1).target()).isNotEqualTo(transaction.target());
    }

    private PeerRoom room(String creator) {
        return PeerRoom.create(identity, VERSION, creator);
    }

    private Map<RoomId, EventId> heads() {
        Map<RoomId, EventId> heads = new HashMap<>();
        rooms.forEach(room -> heads.put(room.roomId(), room.heads().get(0)));
        return heads;
    }

    private static List<Pdu> pdus(PreparedTransaction transaction) {
        return body(transaction).array("pdus").orElseThrow().values().stream()
                .map(value -> StoredPdus.of(VERSION, (JsonObject) value))
                .toList();
    }

    private static JsonObject body(PreparedTransaction transaction) {
        return StrictJson.parseObject(transaction.body());
    }
}
