package org.gatehouse.ingress.surface;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URL;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.gatehouse.cluster.RoomFacts;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.testkit.FederationPeer;
import org.gatehouse.testkit.PeerIdentity;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole surface, row by row: every operation of the table against the door. */
@QuarkusTest
class SurfaceTest {

    private static final PeerIdentity PEER = PeerIdentity.of("peer.example");
    private static final PeerIdentity KEPT_OUT = PeerIdentity.of("kept-out.example:8448");
    private static final PeerIdentity DENIED = PeerIdentity.of("sub.DENIED.example:8448");
    private static final RoomId ROOM = new RoomId("!open/room:peer.example");
    private static final RoomId CLOSED = new RoomId("!closed:peer.example");

    @Inject
    InMemoryRooms rooms;

    @Inject
    KnownMembers members;

    @Inject
    PublishedKeys keys;

    @TestHTTPResource("/")
    URL url;

    @BeforeEach
    void whoAndWhat() {
        keys.publish(PEER);
        keys.publish(KEPT_OUT);
        keys.publish(DENIED);
        rooms.know(room(ROOM, Optional.empty()));
        JsonObject acl = JsonObject.EMPTY
                .with("allow", JsonArray.ofStrings(List.of("*")))
                .with("deny", JsonArray.ofStrings(List.of("KEPT-*.example")));
        rooms.know(room(CLOSED, Optional.of(acl)));
        members.join(ROOM, PEER.name());
        members.join(ROOM, DENIED.name());
    }

    @ParameterizedTest
    @EnumSource(Operation.class)
    void asksForASignatureWhereOneIsDue(Operation operation) {
        Door.Answer answer = door().unsigned(operation.method(), target(operation, ROOM, PEER));

        if (operation.isSigned()) {
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.errcode()).contains("M_UNAUTHORIZED");
        } else {
            assertThat(answer.errcode()).isNotEqualTo(Optional.of("M_UNAUTHORIZED"));
        }
    }

    @ParameterizedTest
    @MethodSource("signed")
    void asksForTheSignatureOfTheOriginItself(Operation operation) {
        PeerIdentity impostor = PeerIdentity.of(PEER.name().value());

        Door.Answer answer = signed(impostor, operation, ROOM);

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.errcode()).contains("M_UNAUTHORIZED");
    }

    @ParameterizedTest
    @EnumSource(Operation.class)
    void answersOtherMethodsWith405(Operation operation) {
        String target = target(operation, ROOM, PEER);
        List<String> known = Surface.methods(target);
        TreeSet<String> others = new TreeSet<>(List.of("GET", "PUT", "POST", "DELETE", "PATCH", "OPTIONS"));
        known.forEach(others::remove);

        for (String method : others) {
            Door.Answer answer = door().unsigned(method, target);

            assertThat(answer.status()).as(method).isEqualTo(405);
            assertThat(answer.errcode()).as(method).contains("M_UNRECOGNIZED");
            assertThat(answer.header("Allow")).contains(String.join(", ", known));
            assertThat(answer.header("Content-Type")).contains("application/json");
        }
    }

    @ParameterizedTest
    @EnumSource(Operation.class)
    void asksTheServerAclWhereTheSpecificationDoes(Operation operation) {
        Door.Answer answer = signed(KEPT_OUT, operation, CLOSED);

        if (operation.asksAcl()) {
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.errcode()).contains("M_FORBIDDEN");
            assertThat(answer.json().string("error").orElse("")).contains("ACL");
        } else {
            assertThat(answer.json().string("error").orElse("")).doesNotContain("ACL");
        }
    }

    @ParameterizedTest
    @EnumSource(Operation.class)
    void refusesADeniedServerEverywhere(Operation operation) {
        Door.Answer answer = signed(DENIED, operation, ROOM);

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.errcode()).contains("M_FORBIDDEN");
        assertThat(answer.json().string("error")).contains("This server does not federate with yours");
    }

    /** It says who it is, and need not prove it to be refused. */
    @ParameterizedTest
    @EnumSource(Operation.class)
    void refusesADeniedServerWhateverItsSignature(Operation operation) {
        PeerIdentity unknownKey = PeerIdentity.of(DENIED.name().value());

        assertThat(signed(unknownKey, operation, ROOM).status()).isEqualTo(403);
    }

    @ParameterizedTest
    @MethodSource("notBuilt")
    void answersWhatIsNotBuiltAsTheTableSays(Operation operation) {
        Door.Answer answer = signed(PEER, operation, ROOM);

        assertThat(answer.status()).isEqualTo(operation.notBuilt().orElseThrow().status());
        assertThat(answer.errcode()).contains(operation.notBuilt().orElseThrow().errcode());
    }

    @ParameterizedTest
    @MethodSource("built")
    void letsTheOthersThroughToWhoAnswersThem(Operation operation) {
        Door.Answer answer = signed(PEER, operation, ROOM);

        // Without other services behind it, what is asked of one ends with 503.
        assertThat(answer.status()).isIn(200, 400, 404, 503);
        // Policy servers are what the operator has to want: SignForPeerTest.
        assertThat(answer.errcode().equals(Optional.of("M_UNRECOGNIZED")))
                .isEqualTo(operation == Operation.POLICY_SIGN);
    }

    @ParameterizedTest
    @MethodSource("notBuiltButForMembers")
    void asksMembershipOfWhatIsNotBuilt(Operation operation) {
        Door.Answer answer = signed(KEPT_OUT, operation, ROOM);

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.errcode()).contains("M_FORBIDDEN");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/_matrix",
                "/_matrix/federation/v1",
                "/_matrix/federation/v1/unknown",
                "/_matrix/federation/v3/send/1",
                "/_matrix/federation/v1/send/1/2",
                "/_matrix/federation/v1/send//",
                "/_matrix/federation/v1/version;a=b",
                "/_matrix/federation/V1/version",
                "/_matrix/federation/v1%2Fversion",
                "/_matrix/key/v2/unknown",
                "/_matrix/media/v3/download/peer.example/x",
                "/_matrix/client/v3/sync",
                "/q/health"
            })
    void doesNotKnowOtherPaths(String target) {
        for (String method : List.of("GET", "PUT", "POST", "DELETE")) {
            Door.Answer answer = door().unsigned(method, target);

            assertThat(answer.status()).as(method).isEqualTo(404);
            assertThat(answer.errcode()).as(method).contains("M_UNRECOGNIZED");
        }
    }

    /** The signature is over the target as it came, whatever form of the path that is. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/_matrix/federation/v1/state_ids/!closed:peer.example?event_id=$x",
                "/_matrix/federation/v1/state_ids/%21closed%3Apeer.example?event_id=%24x",
                "/_matrix/federation/v1/state_ids/%21closed%3apeer.example/?event_id=%24x",
                "/_matrix/federation/v1/./state_ids/!closed:peer.example?event_id=$x",
                "/_matrix/federation/v1/x/../state_ids/!closed:peer.example?event_id=$x",
                "/_matrix/federation/v1/%73tate_ids/!closed:peer.example?event_id=$x"
            })
    void readsEveryFormOfAPathAlike(String target) {
        Door.Answer admitted = door().signed(PEER, "GET", target, Optional.empty());
        Door.Answer keptOut = door().signed(KEPT_OUT, "GET", target, Optional.empty());

        assertThat(admitted.status()).isEqualTo(503);
        assertThat(keptOut.status()).isEqualTo(403);
    }

    @Test
    void hasThe36OperationsOfTheSpecification() {
        // The policy server's key is published for clients, by the Client-Server API.
        assertThat(List.of(Operation.values()).stream()
                        .filter(Operation::isSpecified)
                        .filter(operation -> operation != Operation.POLICY_SERVER_KEY))
                .hasSize(36);
        assertThat(List.of(Operation.values()).stream().map(row -> row.method() + " " + row.path()))
                .doesNotHaveDuplicates();
    }

    static Stream<Operation> signed() {
        return Stream.of(Operation.values()).filter(Operation::isSigned);
    }

    static Stream<Operation> built() {
        return Stream.of(Operation.values())
                .filter(operation -> operation.notBuilt().isEmpty());
    }

    static Stream<Operation> notBuilt() {
        return Stream.of(Operation.values())
                .filter(operation -> operation.notBuilt().isPresent());
    }

    static Stream<Operation> notBuiltButForMembers() {
        return notBuilt().filter(Operation::asksMembership);
    }

    private Door door() {
        return new Door(url);
    }

    private Door.Answer signed(PeerIdentity peer, Operation operation, RoomId roomId) {
        return door().signed(peer, operation.method(), target(operation, roomId, peer), Optional.empty());
    }

    private static RoomFacts room(RoomId roomId, Optional<JsonObject> acl) {
        return new RoomFacts(roomId, "11", acl, false, Map.of(Door.OURS, 1), List.of(), 0);
    }

    /** The path of the operation with values that fit. */
    static String target(Operation operation, RoomId roomId, PeerIdentity peer) {
        Map<String, String> values = Map.of(
                "roomId", roomId.toString(),
                "userId", "@ann:" + peer.name(),
                "eventId", "$" + "x".repeat(43),
                "keyId", "ed25519:a",
                "serverName", "third.example",
                "txnId", "1",
                "queryType", "anything",
                "mediaId", "abc");
        StringBuilder target = new StringBuilder();
        for (String segment :
                operation.segments().subList(1, operation.segments().size())) {
            boolean named = segment.startsWith("{");
            target.append('/')
                    .append(
                            named
                                    ? FederationPeer.encode(values.get(segment.substring(1, segment.length() - 1)))
                                    : segment);
        }
        return operation == Operation.MAKE_JOIN ? target + "?ver=11" : target.toString();
    }
}
