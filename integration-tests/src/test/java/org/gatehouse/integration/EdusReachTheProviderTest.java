package org.gatehouse.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.gatehouse.local.Cluster;
import org.gatehouse.local.ClusterService;
import org.gatehouse.local.ClusterSettings;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.JsonString;
import org.gatehouse.matrix.canonicaljson.JsonValue;
import org.gatehouse.matrix.canonicaljson.StrictJson;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.testkit.ClientUser;
import org.gatehouse.testkit.FederationPeer;
import org.gatehouse.testkit.PeerRoom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A peer's EDUs on their way through Kafka to a provider's backend, and transactions at their limits. */
@Tag("slow")
class EdusReachTheProviderTest {

    private static final String SEND = "/_matrix/federation/v1/send/";

    @TempDir
    Path folder;

    private final List<Push> pushes = new CopyOnWriteArrayList<>();

    private record Push(String path, JsonObject body) {}

    @Test
    void reachTheProviderAndToDeviceMessagesOnce() throws Exception {
        HttpServer backend = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        backend.createContext("/", this::take);
        backend.start();
        ClusterSettings settings = ClusterSettings.onFreePorts("edus").withAppServices(List.of(registration(backend)));
        try (Cluster cluster = Clusters.another(settings);
                FederationPeer peer = Clusters.peer()) {
            ServerName server = Clusters.nameOf(cluster);
            ClientUser alice = Clusters.user(cluster, "alice");
            RoomId room = Rooms.publicRoom(alice, "11");
            String ghost = "@ghost_1:" + server;
            asAppService(
                    cluster,
                    "/_matrix/client/v3/register",
                    "{\"type\":\"m.login.application_service\",\"username\":\"ghost_1\"}");
            asAppService(
                    cluster,
                    "/_matrix/client/v3/join/" + FederationPeer.encode(room.toString()) + "?user_id="
                            + FederationPeer.encode(ghost),
                    "{}");
            UserId ann = peer.identity().user("ann");
            PeerRoom seen = peer.join(server, room, ann);
            EventId said = alice.say(room, "read me");
            alice.awaitEvent(room, event -> isJoinOf(event, ann), Rooms.PATIENCE);
            alice.awaitEvent(room, said, Rooms.PATIENCE);

            ofAllKindsReachTheProvider(peer, server, room, ann, ghost, said);
            toDeviceMessagesAreToldOnce(cluster, peer, server, ann, ghost);
            aFloodOfThemIsRefusedWhole(peer, server, seen, alice, ann, ghost);
            transactionIdsAreOpaque(peer, server);
            transactionsAreTakenWholeUpToTheirLimits(peer, server, seen, alice, ann);
        } finally {
            backend.stop(0);
        }
    }

    private void ofAllKindsReachTheProvider(
            FederationPeer peer, ServerName server, RoomId room, UserId ann, String ghost, EventId said) {
        FederationPeer.Answer answer = send(
                peer,
                server,
                "kinds",
                JsonObject.EMPTY,
                edu("org.example.unknown", JsonObject.EMPTY),
                typing(room, peer.identity().user("stranger")),
                typing(room, ann),
                edu("m.receipt", JsonObject.EMPTY.with(room.toString(), receipt(ann, said))),
                toDevice(ann, "m1", ghost, "PHONE"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).hasToString("{\"pdus\":{}}");
        await().atMost(Rooms.PATIENCE).untilAsserted(() -> {
            assertThat(ephemeral("m.typing"))
                    .extracting(event -> event.object("content").orElseThrow().toString())
                    .containsExactly("{\"user_ids\":[\"" + ann + "\"]}");
            assertThat(ephemeral("m.receipt"))
                    .extracting(event -> event.object("content").orElseThrow().names())
                    .containsExactly(List.of(said.toString()));
            assertThat(told("m1")).hasSize(1);
        });
        assertThat(told("m1").get(0).string("to_device_id")).contains("PHONE");
        assertThat(told("m1").get(0).string("to_user_id")).contains(ghost);
    }

    /** A repeat of the transaction, the message in another one, and a provider-service that is killed in between. */
    private void toDeviceMessagesAreToldOnce(
            Cluster cluster, FederationPeer peer, ServerName server, UserId ann, String ghost) {
        cluster.kill(ClusterService.PROVIDER);
        FederationPeer.Answer first = send(peer, server, "again", toDevice(ann, "m1", ghost, "PHONE"));
        FederationPeer.Answer repeat = send(peer, server, "again", toDevice(ann, "m1", ghost, "PHONE"));
        FederationPeer.Answer last = send(peer, server, "more", toDevice(ann, "m2", ghost, "PHONE"));

        cluster.start(ClusterService.PROVIDER);

        assertThat(List.of(first.status(), repeat.status(), last.status())).containsOnly(200);
        assertThat(repeat.body()).isEqualTo(first.body());
        await().atMost(Rooms.PATIENCE.multipliedBy(2))
                .untilAsserted(() -> assertThat(told("m2")).isNotEmpty());
        assertThat(told("m1")).hasSize(1);
        assertThat(told("m2")).hasSize(1);
    }

    private static void aFloodOfThemIsRefusedWhole(
            FederationPeer peer, ServerName server, PeerRoom seen, ClientUser alice, UserId ann, String ghost) {
        Pdu withFlood = seen.message(ann, "with a flood");
        JsonObject.Builder devices = JsonObject.builder();
        for (int i = 0; i < 10_001; i++) {
            devices.put("D" + i, JsonObject.EMPTY);
        }
        JsonObject flood = edu(
                "m.direct_to_device",
                JsonObject.EMPTY
                        .with("sender", ann.toString())
                        .with("type", "m.dummy")
                        .with("message_id", "flood")
                        .with("messages", JsonObject.EMPTY.with(ghost, devices.build())));

        FederationPeer.Answer refused = peer.put(
                server, SEND + "flood", peer.transaction(List.of(withFlood)).with("edus", JsonArray.of(flood)));

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.object().string("errcode")).contains("M_LIMIT_EXCEEDED");
        assertThat(refused.object().integer("retry_after_ms")).isPresent();
        Pdu after = seen.message(ann, "without");
        FederationPeer.Answer taken = peer.sendTransaction(server, "flood", List.of(withFlood, after));
        assertThat(taken.object().object("pdus").orElseThrow().names())
                .as("the refused transaction left no answer behind")
                .hasSize(2);
        alice.awaitEvent(seen.roomId(), after.eventId(), Rooms.PATIENCE);
    }

    /** Row T06 of the list of hostile input. */
    private static void transactionIdsAreOpaque(FederationPeer peer, ServerName server) {
        List<String> ids = List.of("a/b", "é 🦊", "%", "'; DROP TABLE", "a\nb", "\u0000", "...", "x".repeat(255));
        for (String id : ids) {
            assertThat(send(peer, server, FederationPeer.encode(id)).status())
                    .as(id)
                    .isEqualTo(200);
        }
        assertThat(send(peer, server, "x".repeat(256)).status()).isEqualTo(400);
    }

    private static void transactionsAreTakenWholeUpToTheirLimits(
            FederationPeer peer, ServerName server, PeerRoom seen, ClientUser alice, UserId ann) {
        List<Pdu> fifty = Stream.generate(() -> seen.message(ann, "one of fifty"))
                .limit(50)
                .toList();
        JsonArray hundred = JsonArray.of(Collections.nCopies(100, JsonObject.EMPTY));
        JsonArray more = JsonArray.of(Collections.nCopies(101, JsonObject.EMPTY));

        FederationPeer.Answer refused =
                peer.put(server, SEND + "limits", peer.transaction(fifty).with("edus", more));
        FederationPeer.Answer taken =
                peer.put(server, SEND + "limits", peer.transaction(fifty).with("edus", hundred));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(taken.object().object("pdus").orElseThrow().names()).hasSize(50);
        alice.awaitEvent(seen.roomId(), fifty.get(49).eventId(), Rooms.PATIENCE);
    }

    private static FederationPeer.Answer send(
            FederationPeer peer, ServerName server, String encodedTxnId, JsonValue... edus) {
        return peer.put(server, SEND + encodedTxnId, peer.transaction(List.of()).with("edus", JsonArray.of(edus)));
    }

    private static JsonObject edu(String type, JsonObject content) {
        return JsonObject.EMPTY.with("edu_type", type).with("content", content);
    }

    private static JsonObject typing(RoomId room, UserId user) {
        return edu(
                "m.typing",
                JsonObject.EMPTY
                        .with("room_id", room.toString())
                        .with("user_id", user.toString())
                        .with("typing", true));
    }

    private static JsonObject receipt(UserId reader, EventId event) {
        JsonObject receipt = JsonObject.EMPTY
                .with("event_ids", JsonArray.of(new JsonString(event.toString())))
                .with("data", JsonObject.EMPTY.with("ts", 1));
        return JsonObject.EMPTY.with("m.read", JsonObject.EMPTY.with(reader.toString(), receipt));
    }

    private static JsonObject toDevice(UserId sender, String messageId, String target, String device) {
        JsonObject message = JsonObject.EMPTY.with("id", messageId);
        return edu(
                "m.direct_to_device",
                JsonObject.EMPTY
                        .with("sender", sender.toString())
                        .with("type", "m.dummy")
                        .with("message_id", messageId)
                        .with("messages", JsonObject.EMPTY.with(target, JsonObject.EMPTY.with(device, message))));
    }

    private static boolean isJoinOf(JsonObject event, UserId user) {
        return event.string("type").filter("m.room.member"::equals).isPresent()
                && event.string("state_key").filter(user.toString()::equals).isPresent();
    }

    private List<JsonObject> ephemeral(String type) {
        return objects("ephemeral")
                .filter(event -> event.string("type").filter(type::equals).isPresent())
                .toList();
    }

    /** What was told of a to-device message, in different transactions or within one. */
    private List<JsonObject> told(String messageId) {
        return objects("de.sorunome.msc2409.to_device")
                .filter(message -> message.object("content")
                        .flatMap(content -> content.string("id"))
                        .filter(messageId::equals)
                        .isPresent())
                .toList();
    }

    /** A repeat of a transaction is none: the path tells them apart. */
    private Stream<JsonObject> objects(String member) {
        return pushes.stream()
                .distinct()
                .flatMap(push -> push.body().array(member).stream())
                .flatMap(array -> array.values().stream())
                .map(JsonObject.class::cast);
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            pushes.add(new Push(
                    exchange.getRequestURI().getPath(),
                    StrictJson.parseObject(exchange.getRequestBody().readAllBytes())));
            byte[] answer = "{}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    private Path registration(HttpServer backend) throws IOException {
        return Files.writeString(folder.resolve("bridge.yaml"), """
                id: bridge
                url: http://127.0.0.1:%d
                as_token: as-secret
                hs_token: hs-secret
                sender_localpart: bridge_bot
                receive_ephemeral: true
                namespaces:
                  users:
                    - exclusive: true
                      regex: "@ghost_.*"
                """.formatted(
                        backend.getAddress().getPort()));
    }

    private static void asAppService(Cluster cluster, String path, String body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(cluster.plan().clientUrl() + path))
                .header("Authorization", "Bearer as-secret")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        assertThat(HttpClient.newHttpClient()
                        .send(request, HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(200);
    }
}
