package org.gatehouse.ingress.transaction;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.gatehouse.cluster.PolicyServer;
import org.gatehouse.cluster.RoomFacts;
import org.gatehouse.ingress.admission.IntakeMeters;
import org.gatehouse.ingress.eventkeys.EventKeys;
import org.gatehouse.ingress.roomfacts.KnownRoom;
import org.gatehouse.ingress.roomfacts.RoomFactsView;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.JsonValue;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.receipt.PduChecks;
import org.gatehouse.matrix.roomversion.RoomVersions;
import org.gatehouse.matrix.signing.CachedKeyRing;
import org.gatehouse.matrix.signing.ServerKeys;
import org.gatehouse.testkit.PeerIdentity;
import org.gatehouse.testkit.PeerRoom;

/** A room of a peer in which we are, its facts, and the peer's keys. */
final class Fixture {

    static final ServerName HOSTED = new ServerName("hosted.example");

    static final PolicyServer POLICY =
            new PolicyServer(new ServerName("peer.example"), "6yhHGKhCiXTSEN2ksjV7kX_N6rBQZ3Xb-M7LlC6NS-s");

    final PeerIdentity peer = PeerIdentity.of("peer.example");
    final PeerRoom room = PeerRoom.create(peer, RoomVersions.V11, "ann");
    final Map<RoomId, KnownRoom> rooms = new TreeMap<>();
    final LoggedEvents loggedEvents = new LoggedEvents();

    /** The servers whose keys were asked for. */
    final List<ServerName> keysWanted = new ArrayList<>();

    Fixture() {
        know(facts(Optional.empty(), Map.of(HOSTED, 1), List.of()));
    }

    RoomFacts facts(Optional<JsonObject> acl, Map<ServerName, Integer> residents, List<RoomFacts.Pending> pending) {
        return new RoomFacts(room.roomId(), "11", acl, false, residents, pending, 0);
    }

    /** The facts of the room when its peer is its policy server. */
    RoomFacts underPolicy() {
        return new RoomFacts(
                room.roomId(), "11", Optional.empty(), false, Map.of(HOSTED, 1), List.of(), 0, Optional.of(POLICY));
    }

    void know(RoomFacts facts) {
        rooms.put(facts.roomId(), KnownRoom.of(facts));
    }

    EventKeys keys() {
        ServerKeys published = ServerKeys.parse(peer.name(), peer.publishedKeys(Long.MAX_VALUE >> 12))
                .orElseThrow();
        return pdus -> {
            pdus.forEach(
                    pdu -> keysWanted.addAll(PduChecks.requiredSignatures(pdu).keySet()));
            return Uni.createFrom().item(CachedKeyRing.of(List.of(published)));
        };
    }

    RoomFactsView rooms() {
        return id -> Uni.createFrom().item(Optional.ofNullable(rooms.get(id)));
    }

    CheckPdus checkPdus() {
        return checkPdus(loggedEvents);
    }

    CheckPdus checkPdus(LoggedEvents known) {
        return new CheckPdus(rooms(), keys(), known, new IntakeMeters(new SimpleMeterRegistry()));
    }

    Pdu message(String body) {
        return room.message(peer.user("ann"), body);
    }

    Transaction transaction(Pdu... pdus) {
        List<JsonValue> json = new ArrayList<>();
        for (Pdu pdu : pdus) {
            json.add(pdu.json());
        }
        return new Transaction(peer.name(), HOSTED, "txn", json, List.of());
    }

    List<PduResult> check(JsonValue... pdus) {
        return checkPdus()
                .check(new Transaction(peer.name(), HOSTED, "txn", List.of(pdus), List.of()))
                .await()
                .indefinitely();
    }
}
