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
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.gatehouse.local.Cluster;
import org.gatehouse.local.ClusterSettings;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.StrictJson;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.testkit.ClientUser;
import org.gatehouse.testkit.FederationPeer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A provider's backend behind the Application Service API: it acts as its users and is sent what happens to them. */
@Tag("slow")
class AppServiceTest {

    @TempDir
    Path folder;

    private final List<Push> pushes = new CopyOnWriteArrayList<>();
    private final AtomicInteger refusals = new AtomicInteger(2);

    private record Push(String path, String authorization, JsonObject body) {}

    @Test
    void masqueradesAndIsPushedEachTransactionUntilItTakesIt() throws Exception {
        HttpServer backend = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        backend.createContext("/", this::take);
        backend.start();
        ClusterSettings settings =
                ClusterSettings.onFreePorts("bridged").withAppServices(List.of(registration(backend)));
        try (Cluster cluster = Clusters.another(settings)) {
            // Given a ghost in a public room of an ordinary user
            ClientUser alice = Clusters.user(cluster, "alice");
            RoomId room = Rooms.publicRoom(alice, "12");
            String ghost = "@ghost_1:" + Clusters.nameOf(cluster);
            assertThat(asAppService(
                            cluster,
                            "POST",
                            "/_matrix/client/v3/register",
                            "{\"type\":\"m.login.application_service\",\"username\":\"ghost_1\"}"))
                    .isEqualTo(200);
            assertThat(asAppService(
                            cluster,
                            "POST",
                            "/_matrix/client/v3/join/" + FederationPeer.encode(room.toString()) + "?user_id="
                                    + FederationPeer.encode(ghost),
                            "{}"))
                    .isEqualTo(200);

            // When
            EventId message = alice.say(room, "to the bridge");

            // Then
            await().atMost(Rooms.PATIENCE).until(() -> pushes.stream().anyMatch(push -> holds(push, message)));
            Push first = pushes.get(0);
            assertThat(pushes.subList(0, 3))
                    .as("the first transaction is refused twice and comes again as it was")
                    .allMatch(push -> push.equals(first));
            assertThat(first.path()).startsWith("/_matrix/app/v1/transactions/");
            assertThat(first.authorization()).isEqualTo("Bearer hs-secret");
        } finally {
            backend.stop(0);
        }
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            pushes.add(new Push(
                    exchange.getRequestURI().getPath(),
                    exchange.getRequestHeaders().getFirst("Authorization"),
                    StrictJson.parseObject(exchange.getRequestBody().readAllBytes())));
            byte[] answer = "{}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(refusals.getAndDecrement() > 0 ? 500 : 200, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    private static boolean holds(Push push, EventId event) {
        return push.body().array("events").stream()
                .flatMap(events -> events.values().stream())
                .map(JsonObject.class::cast)
                .anyMatch(json ->
                        json.string("event_id").filter(event.toString()::equals).isPresent());
    }

    private Path registration(HttpServer backend) throws IOException {
        return Files.writeString(folder.resolve("bridge.yaml"), """
                id: bridge
                url: http://127.0.0.1:%d
                as_token: as-secret
                hs_token: hs-secret
                sender_localpart: bridge_bot
                namespaces:
                  users:
                    - exclusive: true
                      regex: "@ghost_.*"
                  aliases: []
                  rooms: []
                """.formatted(
                        backend.getAddress().getPort()));
    }

    private static int asAppService(Cluster cluster, String method, String path, String body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(cluster.plan().clientUrl() + path))
                .header("Authorization", "Bearer as-secret")
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .statusCode();
    }
}
