package org.gatehouse.testkit.fault;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.JsonValue;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.event.StoredPdus;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.matrix.roomversion.RoomVersion;
import org.gatehouse.matrix.signing.EventSigning;
import org.gatehouse.testkit.PeerIdentity;
import org.gatehouse.testkit.PeerRoom;
import org.gatehouse.testkit.fault.Evidence.Feed;
import org.gatehouse.testkit.fault.Evidence.IndexRow;
import org.gatehouse.testkit.fault.Evidence.StateAnswer;
import org.gatehouse.testkit.fault.Evidence.StoredEvent;
import org.gatehouse.testkit.fault.Evidence.VerdictRow;

/**
 * Evidence of a run in which nothing went wrong, to be spoilt: a hosted user's room, which a peer's user joins, and both
 * talk; the last message is soft-failed. Events are named by when they were made.
 */
final class Truth {

    final PeerIdentity us = PeerIdentity.of("us.example");
    final PeerIdentity peer = PeerIdentity.of("peer.example");
    final UserId alice = us.user("alice");
    final UserId bob = peer.user("bob");
    final PeerRoom ourView;
    final PeerRoom peersView;
    final Pdu join;
    final Pdu firstOfBob;
    final Pdu firstOfAlice;
    final Pdu secondOfAlice;
    final Pdu secondOfBob;
    final Pdu softFailed;

    final List<LedgerEntry> ledger = new ArrayList<>();
    final List<StoredEvent> stored = new ArrayList<>();
    final List<IndexRow> index = new ArrayList<>();
    final List<VerdictRow> verdicts = new ArrayList<>();
    final List<EventId> feed = new ArrayList<>();
    final List<StateAnswer> states = new ArrayList<>();
    final List<EventId> arrived = new ArrayList<>();

    Truth(RoomVersion version) {
        ourView = PeerRoom.create(us, version, "alice");
        JsonObject joined = JsonObject.EMPTY.with("membership", "join");
        JsonObject template = ourView.draft(bob, "m.room.member", Optional.of(bob.toString()), joined, ourView.heads())
                .json()
                .without("hashes", "signatures");
        join = signed(peer, version, template);
        JsonObject answer = JsonObject.EMPTY
                .with(
                        "state",
                        JsonArray.of(
                                ourView.currentState().stream().map(Pdu::json).toArray(JsonValue[]::new)))
                .with("auth_chain", JsonArray.EMPTY);
        ourView.apply(join);
        peersView = PeerRoom.joined(peer, version, answer, join);
        firstOfBob = ourView.apply(peersView.message(bob, "hello"));
        firstOfAlice = peersView.apply(ourView.message(alice, "hello yourself"));
        secondOfAlice = peersView.apply(ourView.message(alice, "how are you?"));
        secondOfBob = ourView.apply(peersView.message(bob, "fine"));
        softFailed = ourView.apply(peersView.message(bob, "what nobody should see"));

        for (Pdu pdu : ourView.allEvents()) {
            long ordinal = stored.size();
            stored.add(new StoredEvent(ourView.roomId(), ordinal, pdu.eventId(), pdu));
            index.add(new IndexRow(pdu.eventId(), ourView.roomId(), ordinal));
            verdicts.add(new VerdictRow(
                    ourView.roomId(), ordinal, pdu.eventId(), pdu == softFailed ? "soft_failed" : "accepted"));
            feed.add(pdu.eventId());
        }
        feed.remove(softFailed.eventId());
        arrived.addAll(List.of(firstOfAlice.eventId(), secondOfAlice.eventId()));
        sendAndTake(1, "join", join);
        ledger.add(new LedgerEntry.Attempt(2, peer.name(), "t1", List.of(firstOfBob.eventId())));
        ledger.add(new LedgerEntry.Unknown(2, "connection reset"));
        sendAndTake(3, "t1", firstOfBob);
        sendAndTake(4, "t2", secondOfBob, softFailed);
        Set<EventId> state =
                ourView.currentState().stream().map(Pdu::eventId).collect(Collectors.toCollection(TreeSet::new));
        states.add(new StateAnswer("one instance", ourView.roomId(), secondOfBob.eventId(), state));
        states.add(new StateAnswer("another instance", ourView.roomId(), secondOfBob.eventId(), state));
    }

    static Pdu signed(PeerIdentity signer, RoomVersion version, JsonObject event) {
        return StoredPdus.of(version, EventSigning.hashAndSign(version, event, signer.name(), signer.key()));
    }

    private void sendAndTake(long attempt, String txnId, Pdu... pdus) {
        List<EventId> ids = List.of(pdus).stream().map(Pdu::eventId).toList();
        ledger.add(new LedgerEntry.Attempt(attempt, peer.name(), txnId, ids));
        ledger.add(new LedgerEntry.Ack(attempt, ids, Map.of()));
    }

    List<Finding> audit() {
        return Auditor.audit(new Evidence(
                Set.of(us.name()),
                Map.of(us.name(), keys(us), peer.name(), keys(peer)),
                ledger,
                stored,
                index,
                verdicts,
                Set.of(),
                List.of(new Feed("alice", ourView.roomId(), feed)),
                states,
                Map.of(peer.name(), arrived)));
    }

    private static Map<String, String> keys(PeerIdentity server) {
        return Map.of(server.key().id().toString(), server.key().verifyKey().toBase64());
    }

    /** The event has left no trace in the store, and was not delivered. */
    void lose(Pdu pdu) {
        stored.removeIf(row -> row.eventId().equals(pdu.eventId()));
        index.removeIf(row -> row.eventId().equals(pdu.eventId()));
        verdicts.removeIf(row -> row.eventId().equals(pdu.eventId()));
        feed.remove(pdu.eventId());
    }

    /** Nobody sent the event. */
    void forget(Pdu pdu) {
        ledger.replaceAll(entry -> {
            if (entry instanceof LedgerEntry.Attempt attempt) {
                return new LedgerEntry.Attempt(
                        attempt.attempt(), attempt.origin(), attempt.txnId(), without(attempt.events(), pdu));
            }
            return entry instanceof LedgerEntry.Ack ack
                    ? new LedgerEntry.Ack(ack.attempt(), without(ack.taken(), pdu), ack.refused())
                    : entry;
        });
    }

    private static List<EventId> without(List<EventId> ids, Pdu pdu) {
        Set<EventId> left = new LinkedHashSet<>(ids);
        left.remove(pdu.eventId());
        return List.copyOf(left);
    }

    void judge(Pdu pdu, String verdict) {
        verdicts.replaceAll(row -> row.eventId().equals(pdu.eventId())
                ? new VerdictRow(row.room(), row.ordinal(), row.eventId(), verdict)
                : row);
    }

    /** Other bytes in the row of an event. */
    void replaceBytes(Pdu pdu, UnaryOperator<JsonObject> change) {
        JsonObject changed = change.apply(pdu.json());
        stored.replaceAll(row -> row.eventId().equals(pdu.eventId())
                ? new StoredEvent(
                        row.room(),
                        row.ordinal(),
                        row.eventId(),
                        StoredPdus.of(pdu.roomVersion(), row.eventId(), changed))
                : row);
    }

    /** Each has the place of the other, in all tables. */
    void swapPlaces(Pdu one, Pdu other) {
        Map<EventId, Long> places = new TreeMap<>();
        index.forEach(row -> places.put(row.eventId(), row.ordinal()));
        long placeOfOne = places.get(one.eventId());
        places.put(one.eventId(), places.get(other.eventId()));
        places.put(other.eventId(), placeOfOne);
        stored.replaceAll(row -> new StoredEvent(row.room(), places.get(row.eventId()), row.eventId(), row.pdu()));
        index.replaceAll(row -> new IndexRow(row.eventId(), row.room(), places.get(row.eventId())));
        verdicts.replaceAll(row -> new VerdictRow(row.room(), places.get(row.eventId()), row.eventId(), row.verdict()));
    }
}
