package org.gatehouse.integration.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.net.ssl.SSLContext;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.canonicaljson.JsonNumber;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.JsonString;
import org.gatehouse.matrix.canonicaljson.JsonValue;
import org.gatehouse.matrix.canonicaljson.StrictJson;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.testkit.FederationPeer;
import org.gatehouse.testkit.PeerRoom;

/**
 * Runs cases: the same bytes to each door. Besides what a case expects, always: no 5xx, errors in JSON, an answer in
 * good time and the same at each door, and a good transaction is taken afterwards.
 */
public final class HostileCorpus implements AutoCloseable {

    private static final Duration IN_GOOD_TIME = Duration.ofSeconds(5);
    private static final Duration SOON = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String VERSION_OF_GOOD_ONES = "11";

    private final FederationPeer peer;
    private final UserId mallory;
    private final ServerName server;
    private final List<Integer> doors;
    private final HttpBytes http;
    private final Map<String, PeerRoom> rooms = new TreeMap<>();
    private final Set<EventId> kept = new TreeSet<>();
    private final Set<EventId> dropped = new TreeSet<>();
    private Variables variables = new Variables();
    private final NavigableMap<Duration, String> slowest = new TreeMap<>();
    private int answers;
    private int soon;
    private int count;

    /**
     * A corpus that is run as one peer.
     *
     * @param server the name that the doors answer for
     * @param doors their ports, on loopback
     */
    public HostileCorpus(FederationPeer peer, ServerName server, List<Integer> doors, SSLContext tls) {
        this.peer = peer;
        this.mallory = peer.identity().user("mallory");
        this.server = server;
        this.doors = List.copyOf(doors);
        this.http = new HttpBytes(tls);
        with("server", server.toString());
        with("peer", peer.name().toString());
        with("mallory", mallory.toString());
        with("key", peer.identity().key().id().toString());
    }

    /** Something that cases may mention as {@code ${name}}. */
    public HostileCorpus with(String name, String value) {
        variables = variables.with(name, value);
        return this;
    }

    /** A room that the peer joins; {@code ${room_NAME}} in cases. */
    public HostileCorpus join(String name, RoomId roomId) {
        rooms.put(name, peer.join(server, roomId, mallory));
        return with("room_" + name, roomId.toString());
    }

    /** Runs one case; fails with what is not as it should be. */
    public void run(HostileCase hostile) {
        Variables own = variables.with("txn", hostile.name() + "-" + ++count);
        List<HostilePdu> pdus = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        for (JsonValue spec : hostile.transaction()
                .flatMap(transaction -> transaction.array("pdus"))
                .orElse(JsonArray.EMPTY)
                .values()) {
            if (spec instanceof JsonString raw) {
                texts.add(own.in(raw.value()));
            } else {
                long times = ((JsonObject) spec).integer("times").orElse(1);
                for (long i = 0; i < times; i++) {
                    HostilePdu pdu = pdu((JsonObject) spec, own.with("i", Long.toString(i)));
                    pdus.add(pdu);
                    texts.add(pdu.text());
                    if (times > 1) {
                        pdu.apply();
                    }
                }
            }
        }
        byte[] request = new HostileRequest(hostile, peer.identity(), server, own, texts).bytes();

        List<HttpBytes.Response> responses = new ArrayList<>();
        doors.forEach(door -> responses.add(http.exchange(door, request)));

        for (HttpBytes.Response response : responses) {
            check(hostile, response);
            slowest.put(response.took(), hostile.name());
            soon += response.took().compareTo(SOON) <= 0 ? 1 : 0;
            answers++;
        }
        HttpBytes.Response first = responses.get(0);
        for (HttpBytes.Response other : responses) {
            assertThat(other.status()).as("each door, " + other).isEqualTo(first.status());
            if (isMatrix(hostile)) {
                assertThat(other.body()).as("each door, " + other).isEqualTo(first.body());
            }
        }
        check(hostile, pdus, first);
        takesAGoodOne();
    }

    private HostilePdu pdu(JsonObject spec, Variables own) {
        String room = spec.string("room").orElse(VERSION_OF_GOOD_ONES);
        return HostilePdu.of(peer.identity(), rooms.get(room), mallory, spec, own);
    }

    private static void check(HostileCase hostile, HttpBytes.Response response) {
        JsonObject expected = hostile.expected();
        assertThat(statuses(expected)).as("%s", response).contains(response.status());
        assertThat(response.took()).isLessThan(IN_GOOD_TIME);
        if (response.status() < 400 || !isMatrix(hostile)) {
            return;
        }
        assertThat(response.headers().get("content-type")).as("%s", response).startsWith("application/json");
        JsonObject error = StrictJson.parseObject(response.body());
        assertThat(error.string("error")).as("%s", response).isPresent();
        assertThat(error.string("errcode")).as("%s", response).isPresent();
        expected.string("errcode")
                .ifPresent(errcode -> assertThat(error.string("errcode")).contains(errcode));
    }

    /** Whether the answer is one of Matrix; what is no HTTP does not get that far. */
    private static boolean isMatrix(HostileCase hostile) {
        return hostile.expected().bool("json").orElse(true);
    }

    private static List<Integer> statuses(JsonObject expected) {
        JsonValue status = expected.get("status").orElseThrow();
        List<JsonValue> all = status instanceof JsonArray several ? several.values() : List.of(status);
        return all.stream()
                .map(one -> Math.toIntExact(((JsonNumber) one).asLong().orElseThrow()))
                .toList();
    }

    private void check(HostileCase hostile, List<HostilePdu> pdus, HttpBytes.Response response) {
        List<String> expected = wordsOf(hostile);
        if (expected.isEmpty()) {
            return;
        }
        assertThat(expected).as("an expectation for each PDU").hasSameSizeAs(pdus);
        JsonObject results =
                StrictJson.parseObject(response.body()).object("pdus").orElseThrow();
        for (int i = 0; i < pdus.size(); i++) {
            check(expected.get(i), pdus.get(i), results);
        }
    }

    /** A word for each PDU; that of one that comes several times holds for each. */
    private static List<String> wordsOf(HostileCase hostile) {
        List<String> words =
                hostile.expected().array("pdus").map(JsonArray::strings).orElse(List.of());
        List<JsonValue> specs = hostile.transaction()
                .flatMap(transaction -> transaction.array("pdus"))
                .map(JsonArray::values)
                .orElse(List.of());
        List<String> all = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            long times = i < specs.size() && specs.get(i) instanceof JsonObject spec
                    ? spec.integer("times").orElse(1)
                    : 1;
            all.addAll(Collections.nCopies((int) times, words.get(i)));
        }
        return all;
    }

    private void check(String expected, HostilePdu pdu, JsonObject results) {
        Optional<EventId> id = pdu.id();
        Optional<JsonObject> result = id.flatMap(known -> results.object(known.value()));
        String description = expected + " " + pdu.text() + " " + results;
        switch (expected) {
            case "kept" -> {
                assertThat(result).as(description).contains(JsonObject.EMPTY);
                kept.add(id.orElseThrow());
                pdu.apply();
            }
            case "rejected" -> assertThat(result).as(description).contains(JsonObject.EMPTY);
            case "error" -> {
                assertThat(result.flatMap(one -> one.string("error")))
                        .as(description)
                        .isPresent();
                dropped.add(id.orElseThrow());
            }
            case "silent" -> {
                assertThat(result).as(description).isEmpty();
                id.ifPresent(dropped::add);
            }
            default -> throw new IllegalArgumentException(expected);
        }
    }

    private void takesAGoodOne() {
        PeerRoom room = rooms.get(VERSION_OF_GOOD_ONES);
        Pdu good = room.message(mallory, "good");
        FederationPeer.Answer answer = peer.sendTransaction(server, "good-" + count, List.of(good));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.object()
                        .object("pdus")
                        .flatMap(pdus -> pdus.object(good.eventId().value())))
                .contains(JsonObject.EMPTY);
        kept.add(good.eventId());
    }

    /** How soon the answers came: all but one in a hundred within two seconds, whatever else the machine does. */
    public String checkTheTimes() {
        assertThat(soon).as("answers within %s of %s", SOON, answers).isGreaterThanOrEqualTo(answers * 99 / 100);
        Map.Entry<Duration, String> last = slowest.lastEntry();
        return "%d of %d answers within %s, the last after %s: %s"
                .formatted(soon, answers, SOON, last.getKey(), last.getValue());
    }

    /** What was acknowledged is there, and nothing of what was refused. */
    public void checkTheEnd() {
        for (EventId id : kept) {
            await(id.value()).atMost(PATIENCE).until(() -> statusOf(id) == 200);
        }
        dropped.removeAll(kept);
        for (EventId id : dropped) {
            assertThat(statusOf(id)).as(id.value()).isEqualTo(404);
        }
    }

    private int statusOf(EventId id) {
        return peer.get(server, "/_matrix/federation/v1/event/" + FederationPeer.encode(id.value()))
                .status();
    }

    @Override
    public void close() {
        peer.close();
    }
}
