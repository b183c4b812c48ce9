package org.gatehouse.testkit.fault;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.ServerName;

/** A line of the ledger. An attempt has at most one outcome; one without any was cut short with the sender itself. */
public sealed interface LedgerEntry {

    /** The number of the attempt. */
    long attempt();

    /** The line. */
    JsonObject toJson();

    /** Something is about to be sent. */
    record Attempt(long attempt, ServerName origin, String txnId, List<EventId> events) implements LedgerEntry {
        public Attempt {
            events = List.copyOf(events);
        }

        @Override
        public JsonObject toJson() {
            return line(attempt, "ATTEMPT")
                    .with("origin", origin.toString())
                    .with("txn_id", txnId)
                    .with("events", ids(events));
        }
    }

    /**
     * It was answered 200.
     *
     * @param taken events of which the answer says nothing bad
     * @param refused what the answer says of the others
     */
    record Ack(long attempt, List<EventId> taken, Map<EventId, String> refused) implements LedgerEntry {
        public Ack {
            taken = List.copyOf(taken);
            refused = new TreeMap<>(refused);
        }

        @Override
        public JsonObject toJson() {
            JsonObject errors = JsonObject.EMPTY;
            for (Map.Entry<EventId, String> entry : refused.entrySet()) {
                errors = errors.with(entry.getKey().toString(), entry.getValue());
            }
            return line(attempt, "ACK").with("taken", ids(taken)).with("refused", errors);
        }
    }

    /** It was answered, but not 200: nothing was promised. */
    record Fail(long attempt, int status) implements LedgerEntry {
        @Override
        public JsonObject toJson() {
            return line(attempt, "FAIL").with("status", status);
        }
    }

    /** No answer came: it may have been taken or not. */
    record Unknown(long attempt, String reason) implements LedgerEntry {
        @Override
        public JsonObject toJson() {
            return line(attempt, "UNKNOWN").with("reason", reason);
        }
    }

    /** Reads a line. */
    static LedgerEntry of(JsonObject line) {
        long attempt = line.integer("attempt").orElseThrow();
        String what = line.string("what").orElseThrow();
        return switch (what) {
            case "ATTEMPT" ->
                new Attempt(
                        attempt,
                        new ServerName(line.string("origin").orElseThrow()),
                        line.string("txn_id").orElseThrow(),
                        idsIn(line, "events"));
            case "ACK" -> {
                Map<EventId, String> refused = new TreeMap<>();
                JsonObject errors = line.object("refused").orElseThrow();
                errors.names()
                        .forEach(id ->
                                refused.put(new EventId(id), errors.string(id).orElseThrow()));
                yield new Ack(attempt, idsIn(line, "taken"), refused);
            }
            case "FAIL" -> new Fail(attempt, (int) line.integer("status").orElseThrow());
            case "UNKNOWN" -> new Unknown(attempt, line.string("reason").orElseThrow());
            default -> throw new IllegalArgumentException("no such ledger entry: " + what);
        };
    }

    private static JsonObject line(long attempt, String what) {
        return JsonObject.EMPTY.with("attempt", attempt).with("what", what);
    }

    private static JsonArray ids(List<EventId> events) {
        return JsonArray.ofStrings(events.stream().map(EventId::toString).toList());
    }

    private static List<EventId> idsIn(JsonObject line, String name) {
        Set<EventId> ids = new LinkedHashSet<>();
        line.array(name).orElseThrow().strings().forEach(id -> ids.add(new EventId(id)));
        return List.copyOf(ids);
    }
}
