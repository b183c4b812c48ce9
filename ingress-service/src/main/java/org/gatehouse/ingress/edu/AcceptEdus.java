package org.gatehouse.ingress.edu;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.gatehouse.cluster.ReceivedEdu;
import org.gatehouse.ingress.admission.IntakeMeters;
import org.gatehouse.ingress.admission.IntakeMeters.EduOutcome;
import org.gatehouse.ingress.roomfacts.KnownRoom;
import org.gatehouse.ingress.roomfacts.RoomFactsView;
import org.gatehouse.matrix.canonicaljson.JsonValue;
import org.gatehouse.matrix.edu.Edu;
import org.gatehouse.matrix.edu.Edus;
import org.gatehouse.matrix.edu.UnknownEdu;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.runtime.http.MatrixError;
import org.gatehouse.runtime.log.AllEnded;

/** Takes the EDUs of a transaction in two steps: what can be refused is refused before anything of it is done. */
@ApplicationScoped
public class AcceptEdus {

    /** The most records of typing, receipts and presence of one transaction; the rest is not looked at. */
    static final int MAX_VOLATILE = 2_000;

    private final RoomFactsView rooms;
    private final EduLog log;
    private final ToDeviceBudget budget;
    private final AcknowledgedMessages acknowledged;
    private final IntakeMeters meters;

    AcceptEdus(
            RoomFactsView rooms,
            EduLog log,
            ToDeviceBudget budget,
            AcknowledgedMessages acknowledged,
            IntakeMeters meters) {
        this.rooms = rooms;
        this.log = log;
        this.budget = budget;
        this.acknowledged = acknowledged;
        this.meters = meters;
    }

    /**
     * Reads the EDUs and pays for their to-device messages. Computes, so it is for worker threads.
     *
     * @throws MatrixError 429 M_LIMIT_EXCEEDED if the origin sends more to-device messages than it may; then nothing of
     *     the transaction may be done
     */
    public AdmittedEdus admit(ServerName origin, ServerName destination, List<JsonValue> edus) {
        SplitEdu split = new SplitEdu(origin, destination);
        List<ReceivedEdu> records = new ArrayList<>();
        long messages = 0;
        for (JsonValue value : edus) {
            Optional<Edu> edu = readable(origin, value);
            if (edu.isPresent()) {
                records.addAll(split.split(edu.get()));
                messages += split.messages(edu.get());
            }
        }
        pay(origin, messages, bytes(records));
        return new AdmittedEdus(withoutFlood(records));
    }

    /**
     * Publishes what concerns rooms of ours and hosted users.
     *
     * @return completes when every record is acknowledged; fails with LogUnavailable if one is not, and a repeat then
     *     completes it
     */
    public Uni<Void> publish(AdmittedEdus edus) {
        if (edus.records().isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return rooms.ofAll(roomsOf(edus)).chain(known -> append(wanted(edus, known)));
    }

    private Optional<Edu> readable(ServerName origin, JsonValue value) {
        Optional<Edu> edu = Edus.read(origin, value).usable();
        if (edu.isEmpty()) {
            meters.edu(typeOf(value), EduOutcome.REJECTED);
        } else if (edu.get() instanceof UnknownEdu unknown) {
            meters.edu(unknown.type(), EduOutcome.IGNORED);
        }
        return edu;
    }

    private static long bytes(List<ReceivedEdu> records) {
        return records.stream()
                .filter(ReceivedEdu.ToDevice.class::isInstance)
                .mapToLong(edu -> ((ReceivedEdu.ToDevice) edu).messages().length())
                .sum();
    }

    private void pay(ServerName origin, long messages, long bytes) {
        Optional<Duration> wait = budget.spend(origin, messages, bytes);
        if (wait.isPresent()) {
            meters.rateLimited("to-device");
            throw new MatrixError(429, "M_LIMIT_EXCEEDED", "too many to-device messages", wait);
        }
    }

    private List<ReceivedEdu> withoutFlood(List<ReceivedEdu> records) {
        List<ReceivedEdu> kept = new ArrayList<>();
        int volatileRecords = 0;
        for (ReceivedEdu edu : records) {
            if (!isVolatile(edu) || volatileRecords++ < MAX_VOLATILE) {
                kept.add(edu);
            } else {
                meters.edu(edu.eduType(), EduOutcome.REJECTED);
            }
        }
        return kept;
    }

    private static Set<RoomId> roomsOf(AdmittedEdus edus) {
        Set<RoomId> ids = new LinkedHashSet<>();
        edus.records().forEach(edu -> roomOf(edu).ifPresent(ids::add));
        return ids;
    }

    private static Optional<RoomId> roomOf(ReceivedEdu edu) {
        if (edu instanceof ReceivedEdu.Typing typing) {
            return Optional.of(typing.roomId());
        }
        return edu instanceof ReceivedEdu.ReadReceipts receipts ? Optional.of(receipts.roomId()) : Optional.empty();
    }

    private List<ReceivedEdu> wanted(AdmittedEdus edus, Map<RoomId, KnownRoom> known) {
        List<ReceivedEdu> wanted = new ArrayList<>();
        for (ReceivedEdu edu : edus.records()) {
            EduOutcome outcome = outcome(edu, known);
            meters.edu(edu.eduType(), outcome);
            if (outcome == EduOutcome.ACCEPTED) {
                wanted.add(edu);
            }
        }
        return wanted;
    }

    /** Server-Server API, "Server Access Control Lists": EDUs of a room are asked room by room. */
    private EduOutcome outcome(ReceivedEdu edu, Map<RoomId, KnownRoom> known) {
        Optional<RoomId> roomId = roomOf(edu);
        if (roomId.isPresent()) {
            KnownRoom room = known.get(roomId.get());
            if (room == null || !room.isResident(edu.destination())) {
                return EduOutcome.IGNORED;
            }
            return room.admits(edu.origin()) ? EduOutcome.ACCEPTED : EduOutcome.DENIED;
        }
        return edu instanceof ReceivedEdu.ToDevice toDevice && acknowledged.knows(toDevice)
                ? EduOutcome.DUPLICATE
                : EduOutcome.ACCEPTED;
    }

    private Uni<Void> append(List<ReceivedEdu> wanted) {
        return AllEnded.of(wanted.stream().map(this::append).toList());
    }

    private Uni<Void> append(ReceivedEdu edu) {
        Uni<Void> appended = log.append(edu);
        return edu instanceof ReceivedEdu.ToDevice toDevice
                ? appended.invoke(() -> acknowledged.add(toDevice))
                : appended;
    }

    private static boolean isVolatile(ReceivedEdu edu) {
        return edu instanceof ReceivedEdu.Typing
                || edu instanceof ReceivedEdu.ReadReceipts
                || edu instanceof ReceivedEdu.Presence;
    }

    private static String typeOf(JsonValue value) {
        return value.asObject().flatMap(edu -> edu.string("edu_type")).orElse("");
    }
}
