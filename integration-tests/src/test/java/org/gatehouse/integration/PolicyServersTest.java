package org.gatehouse.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.gatehouse.local.Cluster;
import org.gatehouse.local.ClusterService;
import org.gatehouse.local.ClusterSettings;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.event.EventHashes;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.matrix.roomversion.RoomVersions;
import org.gatehouse.matrix.signing.PolicySignature;
import org.gatehouse.matrix.signing.SigningKey;
import org.gatehouse.testkit.ClientUser;
import org.gatehouse.testkit.FederationPeer;
import org.gatehouse.testkit.PeerRoom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rooms under policy servers that sign, refuse, lie and are silent; and under one of our own. */
@Tag("slow")
class PolicyServersTest {

    private static final String SIGN = "/_matrix/policy/v1/sign";
    private static final SigningKey KEY = SigningKey.fromSeed(new byte[32], PolicySignature.KEY_ID);

    @TempDir
    Path folder;

    private final CountDownLatch end = new CountDownLatch(1);
    private Cluster cluster;
    private ServerName server;
    private ClientUser alice;
    private FederationPeer policyServer;
    private FederationPeer peer;
    private final AtomicInteger asked = new AtomicInteger();
    private int transactions;

    @Test
    void aRoomFollowsItsPolicyServerAndOthersDoNotWait() throws Exception {
        Path rules = Files.writeString(folder.resolve("rules"), "word casino\n");
        ClusterSettings settings = ClusterSettings.onFreePorts("policy")
                .withProperty("gatehouse.policy.ask-deadline", "4s")
                .withProperty("gatehouse.policy-server.enabled", "true")
                .withProperty("gatehouse.policy-server.rules-file", rules.toString());
        try (Cluster started = Clusters.another(settings);
                FederationPeer asked = Clusters.peer();
                FederationPeer talking = Clusters.peer()) {
            cluster = started;
            policyServer = asked;
            peer = talking;
            server = Clusters.nameOf(started);
            alice = Clusters.user(started, "alice");
            PeerRoom room = roomUnderPolicy();

            itSigns(room);
            itRefuses(room);
            itLies(room);
            itIsSilent(room);
            anAnswerOutlivesTheDeathOfEgress(room);
            oursDecidesByItsRules(rules);
        } finally {
            end.countDown();
        }
    }

    private PeerRoom roomUnderPolicy() {
        policyServer.answer(SIGN, this::signed);
        RoomId roomId = Rooms.publicRoom(alice, "11");
        policyServer.join(server, roomId, policyServer.identity().user("policy"));
        PeerRoom room = peer.join(server, roomId, ben());
        alice.setState(
                        roomId,
                        "m.room.policy",
                        "",
                        policy(policyServer.name(), KEY.verifyKey().toBase64()))
                .ok();
        // Until ingress has heard of it, what comes in is not asked about.
        await().atMost(Rooms.PATIENCE).pollInterval(Duration.ofMillis(300)).until(() -> {
            push(room, "who asks?");
            return asked.get() > 0;
        });
        return room;
    }

    private void itSigns(PeerRoom room) {
        EventId said = alice.say(room.roomId(), "hello");
        Pdu answer = push(room, "hello yourself");

        alice.awaitEvent(room.roomId(), answer.eventId(), Rooms.PATIENCE);
        await().atMost(Rooms.PATIENCE)
                .untilAsserted(() -> assertThat(peer.receivedPdus())
                        .filteredOn(pdu ->
                                EventHashes.eventId(RoomVersions.V11, pdu).equals(said))
                        .isNotEmpty()
                        .allMatch(pdu -> PolicySignature.isValid(
                                RoomVersions.V11,
                                pdu,
                                policyServer.name(),
                                KEY.verifyKey().toBase64())));
    }

    private void itRefuses(PeerRoom room) {
        policyServer.answer(
                SIGN,
                request ->
                        refused(JsonObject.EMPTY.with("errcode", "M_FORBIDDEN").with("error", "This looks like spam")));
        int before = peer.receivedPdus().size();

        ClientUser.Answer ours = alice.send(room.roomId(), "m.room.message", text("buy this"));
        Pdu theirs = pushAndShow(room, "buy that");

        assertThat(ours.status()).isEqualTo(400);
        assertThat(ours.body().string("errcode")).contains("M_FORBIDDEN");
        assertThat(ours.body().string("error")).contains("This looks like spam");
        assertNotShown(room, theirs);
        assertThat(peer.receivedPdus()).hasSize(before);
    }

    private void itLies(PeerRoom room) {
        byte[] seed = new byte[32];
        seed[0] = 1;
        SigningKey other = SigningKey.fromSeed(seed, PolicySignature.KEY_ID);
        policyServer.answer(SIGN, request -> signed(request, other));

        ClientUser.Answer ours = alice.send(room.roomId(), "m.room.message", text("whose key is that"));
        Pdu theirs = pushAndShow(room, "not the room's");

        assertThat(ours.status()).isEqualTo(502);
        assertNotShown(room, theirs);
    }

    private void itIsSilent(PeerRoom room) {
        policyServer.answer(SIGN, this::silent);
        RoomId elsewhere = Rooms.publicRoom(alice, "11");
        PeerRoom free = peer.join(server, elsewhere, ben());
        Pdu waiting = pushAndShow(room, "is anybody there");
        Instant asking = Instant.now();

        Pdu passing = push(free, "nobody asks here");
        alice.awaitEvent(elsewhere, passing.eventId(), Rooms.PATIENCE);
        assertThat(Duration.between(asking, Instant.now())).isLessThan(Duration.ofSeconds(4));

        assertThat(alice.send(room.roomId(), "m.room.message", text("hello?")).status())
                .isEqualTo(502);
        assertNotShown(room, waiting);
    }

    private void anAnswerOutlivesTheDeathOfEgress(PeerRoom room) {
        policyServer.answer(SIGN, this::silent);
        Pdu waiting = pushAndShow(room, "hold on");

        cluster.kill(ClusterService.EGRESS);
        policyServer.answer(SIGN, this::signed);
        cluster.start(ClusterService.EGRESS);

        alice.awaitEvent(room.roomId(), waiting.eventId(), Rooms.PATIENCE.multipliedBy(2));
    }

    private void oursDecidesByItsRules(Path rules) throws IOException {
        RoomId roomId = Rooms.publicRoom(alice, "12");
        PeerRoom room = peer.join(server, roomId, ben());
        FederationPeer.Answer published =
                peer.send("GET", server, "/.well-known/matrix/policy_server", Optional.empty(), Optional.empty());
        String key = published
                .object()
                .object("public_keys")
                .flatMap(keys -> keys.string("ed25519"))
                .orElseThrow();
        alice.setState(roomId, "m.room.policy", "", policy(server, key)).ok();

        ClientUser.Answer refused = alice.send(roomId, "m.room.message", text("come to the Casino!"));
        EventId said = alice.say(roomId, "come to the theatre");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body().string("errcode")).contains("M_FORBIDDEN");
        alice.awaitEvent(roomId, said, Rooms.PATIENCE);

        Pdu shown = room.message(ben(), "what is on?");
        await().atMost(Rooms.PATIENCE).untilAsserted(() -> {
            FederationPeer.Answer signed = peer.ask("POST", server, SIGN, Optional.of(shown.json()));
            assertThat(signed.status()).isEqualTo(200);
            String signature = signed.object()
                    .object(server.value())
                    .flatMap(keys -> keys.string(PolicySignature.KEY_ID.value()))
                    .orElseThrow();
            assertThat(PolicySignature.isValid(
                            room.version(), PolicySignature.merge(shown.json(), server, signature), server, key))
                    .isTrue();
        });
        send(shown);
        alice.awaitEvent(roomId, shown.eventId(), Rooms.PATIENCE);

        Pdu spam = room.message(ben(), "the casino");
        FederationPeer.Answer no = peer.ask("POST", server, SIGN, Optional.of(spam.json()));
        assertThat(no.status()).isEqualTo(400);
        assertThat(no.object().string("errcode")).contains("M_FORBIDDEN");
        send(spam);
        Files.writeString(rules, "word theatre\n");
        await().atMost(Rooms.PATIENCE)
                .untilAsserted(() -> assertThat(peer.ask("POST", server, SIGN, Optional.of(spam.json()))
                                .status())
                        .isEqualTo(200));
        assertThat(Rooms.timelineOf(alice, roomId, "m.room.message")).doesNotContain(spam.eventId());
    }

    /** Something later that is recommended shows that the other was judged and left out. */
    private void assertNotShown(PeerRoom room, Pdu hidden) {
        policyServer.answer(SIGN, this::signed);
        Pdu later = push(room, "later");
        alice.awaitEvent(room.roomId(), later.eventId(), Rooms.PATIENCE);
        assertThat(Rooms.timelineOf(alice, room.roomId(), "m.room.message"))
                .contains(later.eventId())
                .doesNotContain(hidden.eventId());
    }

    private Pdu push(PeerRoom room, String body) {
        Pdu event = room.message(ben(), body);
        send(event);
        return event;
    }

    /** Returns when the policy server has the event before it, to answer as it was told when this began. */
    private Pdu pushAndShow(PeerRoom room, String body) {
        int before = asked.get();
        Pdu event = push(room, body);
        await().atMost(Rooms.PATIENCE).until(() -> asked.get() > before);
        return event;
    }

    private FederationPeer.Answer refused(JsonObject error) {
        asked.incrementAndGet();
        return new FederationPeer.Answer(400, error);
    }

    private void send(Pdu event) {
        FederationPeer.Answer answer = peer.sendTransaction(server, "policy-" + transactions++, List.of(event));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.object()
                        .object("pdus")
                        .orElseThrow()
                        .object(event.eventId().value()))
                .as("the judge's word is no part of the answer")
                .contains(JsonObject.EMPTY);
    }

    private FederationPeer.Answer signed(FederationPeer.Request request) {
        return signed(request, KEY);
    }

    private FederationPeer.Answer signed(FederationPeer.Request request, SigningKey key) {
        asked.incrementAndGet();
        String signature = key.signBase64(
                EventHashes.referenceBytes(RoomVersions.V11, request.body().orElseThrow()));
        return FederationPeer.Answer.ok(JsonObject.of(
                policyServer.name().value(), JsonObject.EMPTY.with(PolicySignature.KEY_ID.value(), signature)));
    }

    private FederationPeer.Answer silent(FederationPeer.Request request) {
        asked.incrementAndGet();
        try {
            assertThat(end.await(20, TimeUnit.SECONDS)).isIn(true, false);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return new FederationPeer.Answer(500, JsonObject.EMPTY);
    }

    private UserId ben() {
        return peer.identity().user("ben");
    }

    private static JsonObject policy(ServerName via, String key) {
        return JsonObject.EMPTY.with("via", via.value()).with("public_keys", JsonObject.EMPTY.with("ed25519", key));
    }

    private static JsonObject text(String body) {
        return JsonObject.EMPTY.with("msgtype", "m.text").with("body", body);
    }
}
