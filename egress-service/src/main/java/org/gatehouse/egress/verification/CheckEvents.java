package org.gatehouse.egress.verification;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.event.UnverifiedPdu;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.KeyId;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.receipt.PduChecks;
import org.gatehouse.matrix.receipt.ReceiptOutcome;
import org.gatehouse.matrix.receipt.ReceiptOutcome.Dropped;
import org.gatehouse.matrix.roomversion.RoomVersion;
import org.gatehouse.matrix.signing.CachedKeyRing;
import org.gatehouse.matrix.signing.KeyRing;
import org.gatehouse.matrix.signing.ServerKeys;
import org.jboss.logging.Logger;

/** Runs the receipt checks over all events of an answer. */
@Singleton
public class CheckEvents {

    private static final Logger LOG = Logger.getLogger(CheckEvents.class);

    /** key-service answers what it has within its time; what it goes on fetching is there the next time. */
    private static final int ROUNDS = 3;

    private final VerifyKeys keys;
    private final Clock clock;

    public CheckEvents(VerifyKeys keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /**
     * The events that passed and are of the room, by ID, in the order given. The others are dropped one by one.
     *
     * @param from who gave them, for the log
     */
    public Map<EventId, Pdu> accepted(RoomVersion version, RoomId roomId, ServerName from, List<JsonObject> events) {
        List<UnverifiedPdu> unverified =
                events.stream().map(event -> new UnverifiedPdu(version, event)).toList();
        KeyRing ring = keysFor(unverified);
        Map<EventId, Pdu> accepted = new LinkedHashMap<>();
        for (UnverifiedPdu pdu : unverified) {
            ReceiptOutcome outcome = PduChecks.check(pdu, ring);
            if (outcome instanceof Dropped dropped) {
                LOG.infof(
                        "dropped event %s of room %s given by %s: %s, %s",
                        dropped.eventId().map(EventId::toString).orElse("?"),
                        roomId,
                        from,
                        dropped.reason(),
                        dropped.detail());
            }
            outcome.accepted()
                    .filter(event -> isOfRoom(event, roomId, from))
                    .ifPresent(event -> accepted.putIfAbsent(event.eventId(), event));
        }
        return accepted;
    }

    /** The check of one event, with its reason if it fails. */
    public ReceiptOutcome check(UnverifiedPdu pdu) {
        return PduChecks.check(pdu, keysFor(List.of(pdu)));
    }

    private static boolean isOfRoom(Pdu event, RoomId roomId, ServerName from) {
        boolean same = event.roomId().equals(roomId);
        if (!same) {
            LOG.infof("dropped event %s given by %s: it is not of room %s", event.eventId(), from, roomId);
        }
        return same;
    }

    private KeyRing keysFor(List<UnverifiedPdu> events) {
        Map<ServerName, Set<KeyId>> wanted = new TreeMap<>();
        long newest = 0;
        for (UnverifiedPdu event : events) {
            PduChecks.requiredSignatures(event)
                    .forEach((server, ids) -> wanted.computeIfAbsent(server, name -> new TreeSet<>())
                            .addAll(ids));
            newest = Math.max(newest, event.json().integer("origin_server_ts").orElse(0));
        }
        // A server that has not signed at all makes its events fail, whatever its keys are.
        wanted.values().removeIf(Set::isEmpty);
        return CachedKeyRing.of(find(wanted, Math.min(newest, clock.millis())));
    }

    private List<ServerKeys> find(Map<ServerName, Set<KeyId>> wanted, long minimumValidUntilTs) {
        List<ServerKeys> found = new ArrayList<>();
        Map<ServerName, Set<KeyId>> missing = new TreeMap<>(wanted);
        for (int round = 0; round < ROUNDS && !missing.isEmpty(); round++) {
            List<ServerKeys> more = keys.find(missing, minimumValidUntilTs);
            found.addAll(more);
            more.forEach(each -> missing.remove(each.server()));
            if (more.isEmpty()) {
                break;
            }
        }
        return found;
    }
}
