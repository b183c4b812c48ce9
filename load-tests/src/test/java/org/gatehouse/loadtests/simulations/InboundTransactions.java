package org.gatehouse.loadtests.simulations;

import static io.gatling.javaapi.core.CoreDsl.ByteArrayBody;
import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.feed;
import static io.gatling.javaapi.core.CoreDsl.global;
import static io.gatling.javaapi.core.CoreDsl.jsonPath;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.status;

import io.gatling.javaapi.core.ScenarioBuilder;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.core.Simulation;
import io.gatling.javaapi.http.HttpProtocolBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.gatehouse.loadtests.PeerTls;
import org.gatehouse.loadtests.PreparedTransaction;
import org.gatehouse.loadtests.SyntheticServer;
import org.gatehouse.local.DataFolder;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.testkit.ClientUser;
import org.gatehouse.testkit.FederationPeer;
import org.gatehouse.testkit.PemTls;

/**
 * One peer's transactions arrive at a steady rate, whether the ones before are answered or not. All of them are signed
 * before the first leaves. Each is of one room, and the rooms take turns: so transactions that overtake each other are of
 * different rooms, and no event comes before its parent, as from a real server.
 */
public final class InboundTransactions extends Simulation {

    private static final String PREFIX = "gatehouse.load.";
    private static final Duration GRACE = Duration.ofSeconds(30);

    private final String federationUrl = property("federation-url", "https://127.0.0.1:8448");
    private final String clientUrl = property("client-url", "http://127.0.0.1:8008");
    private final ServerName server = new ServerName(property("server-name", "127.0.0.1:8448"));
    private final Duration duration = Duration.ofSeconds(Integer.getInteger(PREFIX + "seconds", 20));
    private final int rate = Integer.getInteger(PREFIX + "rate", 2);
    private final int rooms = Integer.getInteger(PREFIX + "rooms", 20);
    private final int pdus = Integer.getInteger(PREFIX + "pdus", 50);
    private final FederationPeer peer = startPeer();

    /** Joins the peer and prepares what it will send. */
    public InboundTransactions() {
        SyntheticServer sender = SyntheticServer.join(peer, server, publicRooms(), 64);
        int count = Math.toIntExact(rate * duration.toSeconds());
        List<Map<String, Object>> prepared = Stream.generate(() -> sender.next(pdus, 1))
                .limit(count)
                .map(InboundTransactions::attributes)
                .toList();
        HttpProtocolBuilder protocol = http.baseUrl(federationUrl)
                .contentTypeHeader("application/json")
                .shareConnections()
                .disableCaching();
        ScenarioBuilder scenario = scenario("inbound transactions")
                .exec(
                        feed(prepared.iterator()),
                        exec(http("send")
                                .put("#{target}")
                                .header("Authorization", "#{authorization}")
                                .body(ByteArrayBody((Session session) -> session.get("body")))
                                .check(
                                        status().is(200),
                                        jsonPath("$.pdus.*.error").notExists())));
        setUp(scenario.injectOpen(constantUsersPerSec(rate).during(duration)))
                .protocols(protocol)
                .maxDuration(duration.plus(GRACE))
                .assertions(
                        global().failedRequests().count().is(0L),
                        global().allRequests().count().is((long) count));
    }

    @Override
    public void after() {
        peer.close();
    }

    private static Map<String, Object> attributes(PreparedTransaction transaction) {
        return Map.of(
                "target", transaction.target(),
                "authorization", transaction.authorization(),
                "body", transaction.body());
    }

    private List<RoomId> publicRooms() {
        ClientUser owner = ClientUser.register(URI.create(clientUrl), "load-" + System.currentTimeMillis());
        List<RoomId> made = new ArrayList<>();
        for (int i = 0; i < rooms; i++) {
            made.add(owner.createRoom(JsonObject.EMPTY.with("preset", "public_chat")));
        }
        return made;
    }

    private static FederationPeer startPeer() {
        try {
            return FederationPeer.start(tls());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of files that are named, or issued by the authority of the local data folder. */
    private static SSLContext tls() {
        String authority = property("ca", "");
        if (authority.isEmpty()) {
            return PeerTls.issue(new DataFolder(Path.of(property("data", "../.gatehouse"))), "gatling");
        }
        return PemTls.context(
                Path.of(property("certificate", "peer.crt")), Path.of(property("key", "peer.key")), Path.of(authority));
    }

    private static String property(String name, String otherwise) {
        return System.getProperty(PREFIX + name, otherwise);
    }
}
