package org.gatehouse.egress.fetch;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.gatehouse.egress.connection.Unreachable;
import org.gatehouse.egress.discovery.NoFederation;
import org.gatehouse.egress.remote.FederationClient;
import org.gatehouse.egress.remote.RemoteOperation;
import org.gatehouse.egress.remote.RemotePath;
import org.gatehouse.egress.remote.RemoteRefusal;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.JsonValue;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.ServerName;

/** One server, asked about one room until a deadline. What passes is tried again; what it refuses is not there. */
final class RoomPeer {

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

    private final FederationClient client;
    private final ServerName server;
    private final RoomId roomId;
    private final OurNames ourNames;
    private final List<ServerName> names;
    private final Instant deadline;
    private final Clock clock;
    private final Pauses pauses;

    RoomPeer(
            FederationClient client,
            ServerName server,
            RoomId roomId,
            OurNames ourNames,
            Instant deadline,
            Clock clock,
            Pauses pauses) {
        this.client = client;
        this.server = server;
        this.roomId = roomId;
        this.ourNames = ourNames;
        this.names = new ArrayList<>(ourNames.candidates(roomId));
        this.deadline = deadline;
        this.clock = clock;
        this.pauses = pauses;
    }

    ServerName server() {
        return server;
    }

    List<JsonObject> missingEvents(List<EventId> latest, List<EventId> earliest, int limit, long minDepth)
            throws InterruptedException {
        JsonObject body = JsonObject.builder()
                .put("latest_events", ids(latest))
                .put("earliest_events", ids(earliest))
                .put("limit", limit)
                .put("min_depth", minDepth)
                .build();
        RemotePath path = RemotePath.of("v1/get_missing_events", roomId);
        return ask(name -> client.post(name, server, RemoteOperation.MISSING_EVENTS, path, body))
                .map(answer -> objects(answer, "events"))
                .orElse(List.of());
    }

    List<JsonObject> event(EventId id) throws InterruptedException {
        RemotePath path = RemotePath.of("v1/event", id);
        return ask(name -> client.get(name, server, RemoteOperation.EVENT, path))
                .map(answer -> objects(answer, "pdus"))
                .orElse(List.of());
    }

    List<JsonObject> authChain(EventId id) throws InterruptedException {
        RemotePath path = RemotePath.of("v1/event_auth", roomId, id);
        return ask(name -> client.get(name, server, RemoteOperation.EVENT_AUTH, path))
                .map(answer -> objects(answer, "auth_chain"))
                .orElse(List.of());
    }

    /** {@code pdu_ids} and {@code auth_chain_ids} of the state before an event. */
    Optional<JsonObject> stateIds(EventId before) throws InterruptedException {
        RemotePath path = RemotePath.of("v1/state_ids", roomId).query("event_id", before);
        return ask(name -> client.get(name, server, RemoteOperation.STATE_IDS, path));
    }

    /** All events of the state before an event, and of its auth chain. */
    List<JsonObject> state(EventId before) throws InterruptedException {
        RemotePath path = RemotePath.of("v1/state", roomId).query("event_id", before);
        Optional<JsonObject> answer = ask(name -> client.get(name, server, RemoteOperation.STATE, path));
        List<JsonObject> events = new ArrayList<>();
        answer.ifPresent(state -> {
            events.addAll(objects(state, "pdus"));
            events.addAll(objects(state, "auth_chain"));
        });
        return events;
    }

    /** Empty if the server does not give it, to none of our names. */
    private Optional<JsonObject> ask(Function<ServerName, JsonObject> question) throws InterruptedException {
        Duration pause = FIRST_PAUSE;
        while (true) {
            if (clock.instant().isAfter(deadline)) {
                throw new GaveUp(server + " takes too long");
            }
            try {
                return askInEachName(question);
            } catch (Unreachable | NoFederation | RemoteRefusal e) {
                if (clock.instant().plus(pause).isAfter(deadline)) {
                    throw new GaveUp(server + " does not answer: " + e.getMessage());
                }
                pauses.pause(pause);
                pause = pause.multipliedBy(2);
            }
        }
    }

    private Optional<JsonObject> askInEachName(Function<ServerName, JsonObject> question) {
        for (ServerName name : List.copyOf(names)) {
            try {
                JsonObject answer = question.apply(name);
                ourNames.isThere(roomId, name);
                names.retainAll(List.of(name));
                return Optional.of(answer);
            } catch (RemoteRefusal e) {
                boolean passes = e.status() == 429 || e.status() >= 500;
                if (passes) {
                    throw e;
                }
            }
        }
        return Optional.empty();
    }

    private static JsonArray ids(List<EventId> events) {
        return JsonArray.ofStrings(events.stream().map(EventId::toString).toList());
    }

    private static List<JsonObject> objects(JsonObject answer, String field) {
        List<JsonValue> values = answer.array(field).map(JsonArray::values).orElse(List.of());
        return values.stream().flatMap(value -> value.asObject().stream()).toList();
    }

    /** The deadline has come. */
    static final class GaveUp extends RuntimeException {
        private static final long serialVersionUID = 1L;

        GaveUp(String message) {
            super(message);
        }
    }
}
