package org.gatehouse.testkit.fault;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.ServerName;

/**
 * All that an audit looks at, taken when the cluster has come to rest.
 *
 * @param hosted the server names of the cluster
 * @param keys the public keys of the servers, hosted ones too: key ID to unpadded base64
 * @param ledger what the peers sent
 * @param stored the rows of the rooms' logs
 * @param index where an event's ID leads
 * @param verdicts the rows of the judge
 * @param outliers events that are stored without a place
 * @param feeds what readers were delivered
 * @param states what was answered when the state was asked for
 * @param arrivals what each peer received, in its order
 */
public record Evidence(
        Set<ServerName> hosted,
        Map<ServerName, Map<String, String>> keys,
        List<LedgerEntry> ledger,
        List<StoredEvent> stored,
        List<IndexRow> index,
        List<VerdictRow> verdicts,
        Set<EventId> outliers,
        List<Feed> feeds,
        List<StateAnswer> states,
        Map<ServerName, List<EventId>> arrivals) {

    public Evidence {
        hosted = new LinkedHashSet<>(hosted);
        keys = new LinkedHashMap<>(keys);
        ledger = List.copyOf(ledger);
        stored = List.copyOf(stored);
        index = List.copyOf(index);
        verdicts = List.copyOf(verdicts);
        outliers = new LinkedHashSet<>(outliers);
        feeds = List.copyOf(feeds);
        states = List.copyOf(states);
        arrivals = new LinkedHashMap<>(arrivals);
    }

    /** A connected event: its row's ID and place, and what its bytes say. */
    public record StoredEvent(RoomId room, long ordinal, EventId eventId, Pdu pdu) {}

    /** Where the index says that an event is. */
    public record IndexRow(EventId eventId, RoomId room, long ordinal) {}

    /** What the judge says of the event at a place: accepted, soft_failed or rejected. */
    public record VerdictRow(RoomId room, long ordinal, EventId eventId, String verdict) {

        boolean isAccepted() {
            return verdict.equals("accepted");
        }

        boolean isRejected() {
            return verdict.equals("rejected");
        }
    }

    /**
     * What a reader was delivered of a room, in its order, by one walk of its cursor.
     *
     * @param reader whose it is
     */
    public record Feed(String reader, RoomId room, List<EventId> events) {
        public Feed {
            events = List.copyOf(events);
        }
    }

    /**
     * A room's state before an event.
     *
     * @param told who answered
     */
    public record StateAnswer(String told, RoomId room, EventId at, Set<EventId> state) {
        public StateAnswer {
            state = new LinkedHashSet<>(state);
        }
    }
}
