package org.gatehouse.ingress.transaction;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.gatehouse.cluster.PduBytes;
import org.gatehouse.cluster.ReceivedRecord;
import org.gatehouse.cluster.RoomFacts;
import org.gatehouse.ingress.admission.IntakeMeters;
import org.gatehouse.ingress.admission.IntakeMeters.PduOutcome;
import org.gatehouse.ingress.eventkeys.EventKeys;
import org.gatehouse.ingress.roomfacts.KnownRoom;
import org.gatehouse.ingress.roomfacts.RoomFactsView;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.JsonValue;
import org.gatehouse.matrix.event.EventReferences;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.event.UnverifiedPdu;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.matrix.receipt.DropReason;
import org.gatehouse.matrix.receipt.PduChecks;
import org.gatehouse.matrix.receipt.ReceiptOutcome;
import org.gatehouse.matrix.roomversion.RoomVersions;
import org.gatehouse.matrix.signing.KeyRing;

/**
 * Looks at each PDU of a transaction: is the room ours, does its ACL let the origin in, was the event logged before,
 * and then checks 1 to 3 of the specification's receipt of a PDU. Cheap questions come first.
 */
@ApplicationScoped
class CheckPdus {

    private final RoomFactsView rooms;
    private final EventKeys eventKeys;
    private final LoggedEvents loggedEvents;
    private final IntakeMeters meters;

    CheckPdus(RoomFactsView rooms, EventKeys eventKeys, LoggedEvents loggedEvents, IntakeMeters meters) {
        this.rooms = rooms;
        this.eventKeys = eventKeys;
        this.loggedEvents = loggedEvents;
        this.meters = meters;
    }

    /** One result for each PDU, in the order of the transaction; an event that it holds twice is looked at once. */
    Uni<List<PduResult>> check(Transaction transaction) {
        return roomsOf(transaction).map(known -> candidates(transaction, known)).chain(this::verify);
    }

    private Uni<Map<RoomId, KnownRoom>> roomsOf(Transaction transaction) {
        Set<RoomId> ids = new LinkedHashSet<>();
        for (JsonValue pdu : transaction.pdus()) {
            roomIdOf(pdu).ifPresent(ids::add);
        }
        return rooms.ofAll(ids);
    }

    private List<Candidate> candidates(Transaction transaction, Map<RoomId, KnownRoom> known) {
        List<Candidate> candidates = new ArrayList<>();
        Set<EventId> seen = new LinkedHashSet<>();
        for (JsonValue pdu : transaction.pdus()) {
            candidate(transaction, pdu, known).ifPresent(candidate -> {
                if (candidate.eventId().map(seen::add).orElse(true)) {
                    candidates.add(candidate);
                }
            });
        }
        return candidates;
    }

    private Optional<Candidate> candidate(Transaction transaction, JsonValue pdu, Map<RoomId, KnownRoom> known) {
        Optional<RoomId> roomId = roomIdOf(pdu);
        Optional<KnownRoom> room = roomId.map(known::get);
        if (room.isEmpty()) {
            return Optional.empty();
        }
        return RoomVersions.find(room.get().facts().roomVersion())
                .map(version -> new Candidate(
                        transaction, room.get(), roomId.get(), new UnverifiedPdu(version, (JsonObject) pdu)));
    }

    private static Optional<RoomId> roomIdOf(JsonValue pdu) {
        return pdu instanceof JsonObject event ? event.string("room_id").flatMap(RoomId::tryParse) : Optional.empty();
    }

    private Uni<List<PduResult>> verify(List<Candidate> candidates) {
        List<Candidate> open = candidates.stream()
                .filter(candidate -> candidate.decidedWithoutKeys(loggedEvents).isEmpty())
                .toList();
        return eventKeys
                .ringFor(open.stream().map(Candidate::pdu).toList())
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .map(ring -> results(candidates, ring));
    }

    private List<PduResult> results(List<Candidate> candidates, KeyRing ring) {
        long start = System.nanoTime();
        List<PduResult> results =
                candidates.stream().map(candidate -> result(candidate, ring)).toList();
        meters.verifiedIn(Duration.ofNanos(System.nanoTime() - start));
        return results;
    }

    private PduResult result(Candidate candidate, KeyRing ring) {
        return candidate.decidedWithoutKeys(loggedEvents).orElseGet(() -> candidate.decided(ring));
    }

    /** A PDU of a room that the cluster knows. */
    private record Candidate(Transaction transaction, KnownRoom room, RoomId roomId, UnverifiedPdu pdu) {

        Optional<EventId> eventId() {
            return pdu.eventId();
        }

        Optional<PduResult> decidedWithoutKeys(LoggedEvents loggedEvents) {
            if (!room.takesEventsFor(transaction.destination()) && rescinded().isEmpty()) {
                return Optional.of(new PduResult.Ignored());
            }
            if (!room.admits(transaction.origin())) {
                return Optional.of(new PduResult.Refused(
                        eventId(), PduOutcome.DENIED, "the room's server ACL denies this server"));
            }
            return eventId().filter(loggedEvents::knows).map(PduResult.Known::new);
        }

        PduResult decided(KeyRing ring) {
            ReceiptOutcome outcome = PduChecks.check(pdu, ring);
            if (outcome instanceof ReceiptOutcome.Dropped dropped) {
                return new PduResult.Refused(dropped.eventId(), outcome(dropped.reason()), dropped.detail());
            }
            Pdu checked = ((ReceiptOutcome.Accepted) outcome).pdu();
            return new PduResult.Logged(checked.eventId(), logRecord(checked));
        }

        private static PduOutcome outcome(DropReason reason) {
            return switch (reason) {
                case SIGNATURE_MISSING, SIGNATURE_INVALID, KEY_UNKNOWN -> PduOutcome.BAD_SIGNATURE;
                case FORMAT, TOO_LARGE, NOT_CANONICAL, HASH_MISSING -> PduOutcome.REJECTED;
            };
        }

        private ReceivedRecord logRecord(Pdu checked) {
            String version = room.facts().roomVersion();
            PduBytes bytes = new PduBytes(checked.canonicalBytes());
            if (room.takesEventsFor(transaction.destination())) {
                return new ReceivedRecord.Pushed(
                        roomId,
                        version,
                        checked.eventId(),
                        transaction.origin(),
                        false,
                        Optional.empty(),
                        Optional.empty(),
                        bytes,
                        room.facts().policy());
            }
            return new ReceivedRecord.OutOfBand(
                    roomId,
                    version,
                    checked.eventId(),
                    rescinded().orElseThrow().userId(),
                    "leave",
                    List.of(),
                    Optional.empty(),
                    bytes);
        }

        /** The pending invite that this event takes back: a leave by the same sender that cites it. */
        private Optional<RoomFacts.Pending> rescinded() {
            JsonObject event = pdu.json();
            boolean leave = event.string("type").filter("m.room.member"::equals).isPresent()
                    && event.object("content")
                            .flatMap(content -> content.string("membership"))
                            .filter("leave"::equals)
                            .isPresent();
            if (!leave) {
                return Optional.empty();
            }
            return event.string("state_key")
                    .flatMap(UserId::tryParse)
                    .filter(user -> user.serverName().equals(transaction.destination()))
                    .flatMap(room::pending)
                    .filter(pending -> event.string("sender")
                            .filter(pending.sender().toString()::equals)
                            .isPresent())
                    .filter(pending -> EventReferences.read(pdu.version(), event, "auth_events")
                            .filter(cited -> cited.contains(pending.eventId()))
                            .isPresent());
        }
    }
}
