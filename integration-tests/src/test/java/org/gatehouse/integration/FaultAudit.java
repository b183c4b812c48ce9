package org.gatehouse.integration;

import com.datastax.oss.driver.api.core.CqlSession;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.gatehouse.local.Cluster;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.event.StoredPdus;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.roomversion.RoomVersion;
import org.gatehouse.testkit.ClientUser;
import org.gatehouse.testkit.FederationPeer;
import org.gatehouse.testkit.PeerIdentity;
import org.gatehouse.testkit.PeerRoom;
import org.gatehouse.testkit.fault.Auditor;
import org.gatehouse.testkit.fault.CassandraEvidence;
import org.gatehouse.testkit.fault.Evidence;
import org.gatehouse.testkit.fault.Evidence.Feed;
import org.gatehouse.testkit.fault.Evidence.StateAnswer;
import org.gatehouse.testkit.fault.Evidence.StoredEvent;
import org.gatehouse.testkit.fault.Evidence.VerdictRow;
import org.gatehouse.testkit.fault.Finding;
import org.gatehouse.testkit.fault.Ledger;
import org.gatehouse.testkit.fault.LedgerEntry;
import org.gatehouse.testkit.fault.Sent;

/** Collects the evidence of a running cluster: its tables, a user's view, and what talkers sent, got and know. */
final class FaultAudit {

    private final ServerName server;
    private final CassandraEvidence store;
    private final Path ledger;
    private final ClientUser reader;
    private final List<FaultTalker> talkers;

    /** @param reader is in all rooms of the talkers */
    FaultAudit(Cluster cluster, CqlSession session, Path ledger, ClientUser reader, List<FaultTalker> talkers) {
        this.server = Clusters.nameOf(cluster);
        this.store = new CassandraEvidence(session, cluster.plan().keyspacePrefix());
        this.ledger = ledger;
        this.reader = reader;
        this.talkers = List.copyOf(talkers);
    }

    List<Finding> findings() {
        return Auditor.audit(evidence());
    }

    Evidence evidence() {
        List<LedgerEntry> entries = Ledger.read(ledger);
        List<StoredEvent> stored = new ArrayList<>();
        List<VerdictRow> verdicts = new ArrayList<>();
        List<Feed> feeds = new ArrayList<>();
        List<StateAnswer> states = new ArrayList<>();
        Map<ServerName, List<EventId>> arrivals = new LinkedHashMap<>();
        Map<ServerName, Map<String, String>> keys = new LinkedHashMap<>(Map.of(server, keysOfServer()));
        for (FaultTalker talker : talkers) {
            PeerIdentity identity = talker.peer().identity();
            keys.put(
                    identity.name(),
                    Map.of(
                            identity.key().id().toString(),
                            identity.key().verifyKey().toBase64()));
            arrivals.put(identity.name(), received(talker));
            for (PeerRoom room : talker.rooms()) {
                stored.addAll(store.stored(room.roomId()));
                verdicts.addAll(store.verdicts(room.roomId()));
                feeds.add(store.timeline(room.roomId()));
                feeds.add(view(room.roomId()));
                states.addAll(states(talker.peer(), room));
            }
        }
        Set<EventId> all = new LinkedHashSet<>(Sent.of(entries).acknowledged());
        stored.forEach(row -> all.add(row.eventId()));
        return new Evidence(
                Set.of(server),
                keys,
                entries,
                stored,
                store.index(all),
                verdicts,
                store.outliers(all),
                feeds,
                states,
                arrivals);
    }

    private Feed view(RoomId room) {
        return new Feed(
                reader.id().toString(),
                room,
                reader.timeline(room).stream()
                        .map(event -> new EventId(event.string("event_id").orElseThrow()))
                        .toList());
    }

    /** Nothing but messages came after the join, so the state before the last event is the peer's own view of it. */
    private List<StateAnswer> states(FederationPeer peer, PeerRoom room) {
        EventId last = room.heads().get(0);
        Set<EventId> told = Rooms.stateIds(peer, server, room.roomId(), last).state().stream()
                .map(EventId::new)
                .collect(Collectors.toCollection(TreeSet::new));
        Set<EventId> own =
                room.currentState().stream().map(Pdu::eventId).collect(Collectors.toCollection(TreeSet::new));
        return List.of(
                new StateAnswer(server.toString(), room.roomId(), last, told),
                new StateAnswer(peer.name().toString(), room.roomId(), last, own));
    }

    private static List<EventId> received(FaultTalker talker) {
        return talker.peer().receivedPdus().stream()
                .map(pdu -> StoredPdus.of(versionOf(talker, pdu), pdu).eventId())
                .toList();
    }

    private static RoomVersion versionOf(FaultTalker talker, JsonObject pdu) {
        return talker.rooms().stream()
                .filter(room -> pdu.string("room_id")
                        .filter(room.roomId().toString()::equals)
                        .isPresent())
                .map(PeerRoom::version)
                .findFirst()
                .orElseThrow();
    }

    private Map<String, String> keysOfServer() {
        JsonObject keys = talkers.get(0)
                .peer()
                .get(server, "/_matrix/key/v2/server")
                .object()
                .object("verify_keys")
                .orElseThrow();
        return keys.names().stream()
                .collect(Collectors.toMap(
                        id -> id,
                        id -> keys.object(id).flatMap(key -> key.string("key")).orElseThrow()));
    }
}
