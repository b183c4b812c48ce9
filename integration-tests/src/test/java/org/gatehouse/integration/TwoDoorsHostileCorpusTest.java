package org.gatehouse.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.gatehouse.integration.hostile.HostileCase;
import org.gatehouse.integration.hostile.HostileCorpus;
import org.gatehouse.local.ClusterService;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.JsonString;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.testkit.ClientUser;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The hostile corpus against two instances of ingress: each case goes to both, and both answer alike. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TwoDoorsHostileCorpusTest {

    private static final List<HostileCase> CASES = HostileCase.all();
    private static final int FEWEST = 250;
    private static final int FEWEST_ACCEPTED = 40;

    /** What caches of bounded size and half-collected buffers were seen to take is some 40 MB; a leak would be more. */
    private static final long MORE_IN_CACHES = 64L << 20;

    private HostileCorpus corpus;
    private List<WatchedProcess> watched = List.of();
    private WatchedProcess keys;

    static Stream<HostileCase> cases() {
        return CASES.stream();
    }

    @BeforeAll
    void openTheDoors() {
        PairedCluster pair = Clusters.pair();
        ServerName server = pair.firstName();
        ClientUser alice = Clusters.user(pair.cluster(), "alice", server);
        corpus = new HostileCorpus(
                        Clusters.peer(),
                        server,
                        List.of(
                                pair.cluster()
                                        .plan()
                                        .portsOf(ClusterService.INGRESS)
                                        .https(),
                                pair.second(ClusterService.INGRESS).httpsPort()),
                        Clusters.tlsOfAPeer())
                .with("other_name", pair.secondName().toString())
                .with("alice", alice.id().toString());
        for (String version : List.of("1", "5", "6", "9", "10", "11", "12")) {
            corpus.join(version, Rooms.publicRoom(alice, version));
        }
        RoomId closed = Rooms.publicRoom(alice, "11");
        corpus.join("acl", closed);
        alice.setState(
                        closed,
                        "m.room.server_acl",
                        "",
                        JsonObject.EMPTY
                                .with("allow", JsonArray.of(new JsonString("*")))
                                .with("deny", JsonArray.of(new JsonString("127.0.0.?"))))
                .ok();
        watched = List.of(
                new WatchedProcess(() -> pair.cluster().process(ClusterService.INGRESS)),
                new WatchedProcess(() -> pair.second(ClusterService.INGRESS).process()));
        keys = new WatchedProcess(() -> pair.cluster().process(ClusterService.KEY));
    }

    @AfterAll
    void nothingIsLostAndNothingCameIn() {
        try (HostileCorpus ended = corpus) {
            ended.checkTheEnd();
            System.out.println(ended.checkTheTimes());
            watched.forEach(each -> System.out.println(each.heap()));
            watched.forEach(WatchedProcess::assertThatItsLinesAreShortAndPlain);
            watched.forEach(each -> each.assertThatItIsAsBefore(MORE_IN_CACHES));
            assertThat(serversAskedInVain())
                    .noneMatch(name -> ServerName.tryParse(name)
                            .map(ServerName::isIpLiteral)
                            .orElse(true));
        }
    }

    /** G4: whom the cases made us look for. That the peer is asked for nothing but its keys, it says itself. */
    private Set<String> serversAskedInVain() {
        Pattern line = Pattern.compile("keys of server (\\S+) c(?:annot|ould not)");
        Set<String> names = keys.linesSince().stream()
                .map(line::matcher)
                .filter(Matcher::find)
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        System.out.println("servers whose keys were looked for in vain: " + names);
        return names;
    }

    @Test
    void isLargeEnough() {
        assertThat(CASES).hasSizeGreaterThanOrEqualTo(FEWEST);
        assertThat(CASES.stream().filter(HostileCase::isToBeAccepted).count()).isGreaterThanOrEqualTo(FEWEST_ACCEPTED);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isAnsweredAsItShould(HostileCase hostile) {
        corpus.run(hostile);
    }
}
