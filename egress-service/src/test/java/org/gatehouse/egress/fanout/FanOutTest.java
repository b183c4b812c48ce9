package org.gatehouse.egress.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.gatehouse.cluster.ConnectedRecord.Source;
import org.gatehouse.cluster.JudgedRecord.Judged;
import org.gatehouse.cluster.OutboundPdu;
import org.gatehouse.cluster.PduBytes;
import org.gatehouse.cluster.Verdict;
import org.gatehouse.egress.testing.FakeServer;
import org.gatehouse.egress.testing.RemoteRoom;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.event.EventDraft;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.matrix.roomversion.RoomVersions;
import org.gatehouse.matrix.signing.SigningKey;
import org.junit.jupiter.api.Test;

class FanOutTest {

    private static final ServerName OURS = new ServerName("ours.example");
    private static final ServerName ALSO_OURS = new ServerName("also.example");
    private static final ServerName PEER = new ServerName("peer.example");
    private static final ServerName OTHER = new ServerName("other.example");
    private static final SigningKey KEY = SigningKey.generate(new SecureRandom(), FakeServer.keyId("k"));

    private final FanOut fanOut = new FanOut(Set.of(OURS, ALSO_OURS)::contains, 16);

    @Test
    void goesToTheOtherServersThatWereInTheRoom() {
        List<OutboundPdu> records = fanOut.of(
                judged(message(OURS), Source.MADE, OURS, true, Verdict.ACCEPTED, OURS, ALSO_OURS, PEER, OTHER));

        assertThat(destinations(records)).containsExactlyInAnyOrder(PEER, OTHER);
        assertThat(records).allMatch(record -> record.origin().equals(OURS));
    }

    @Test
    void doesNotGoBackToWhoHandedItToUs() {
        List<OutboundPdu> records =
                fanOut.of(judged(message(PEER), Source.PUSHED, PEER, true, Verdict.ACCEPTED, OURS, PEER, OTHER));

        assertThat(destinations(records)).containsExactly(OTHER);
        assertThat(records.get(0).origin())
                .as("in the name of ours that is in the room")
                .isEqualTo(OURS);
    }

    @Test
    void goesNowhereUnlessAcceptedAndToBeHandedOn() {
        Pdu message = message(OURS);
        assertThat(fanOut.of(judged(message, Source.MADE, OURS, false, Verdict.ACCEPTED, PEER)))
                .isEmpty();
        assertThat(fanOut.of(judged(message, Source.MADE, OURS, true, Verdict.SOFT_FAILED, PEER)))
                .isEmpty();
        assertThat(fanOut.of(judged(message, Source.MADE, OURS, true, Verdict.REJECTED, PEER)))
                .isEmpty();
        assertThat(fanOut.of(judged(message, Source.MADE, OURS, true, Verdict.ACCEPTED, OURS)))
                .isEmpty();
    }

    @Test
    void whoIsRemovedHearsOfItThoughTheirServerIsNotInTheRoom() {
        for (String membership : List.of("leave", "ban")) {
            Pdu removal = member(OURS, "@v:" + OTHER, membership);
            assertThat(destinations(fanOut.of(judged(removal, Source.MADE, OURS, true, Verdict.ACCEPTED, OURS, PEER))))
                    .containsExactlyInAnyOrder(PEER, OTHER);
        }
    }

    @Test
    void anInviteGoesNotToTheInvitedServerWhichHasItAlready() {
        Pdu invite = member(OURS, "@v:" + OTHER, "invite");

        assertThat(destinations(fanOut.of(judged(invite, Source.MADE, OURS, true, Verdict.ACCEPTED, OURS, PEER))))
                .containsExactly(PEER);
    }

    @Test
    void writesOneRecordForEachShard() {
        ServerName[] servers = new ServerName[200];
        Arrays.setAll(servers, i -> new ServerName("s" + i + ".example"));

        List<OutboundPdu> records =
                fanOut.of(judged(message(OURS), Source.MADE, OURS, true, Verdict.ACCEPTED, servers));

        assertThat(records).hasSize(16);
        assertThat(records)
                .allSatisfy(record -> assertThat(record.destinations())
                        .allMatch(server -> FanOut.shardOf(server, 16) == record.shard()));
        assertThat(destinations(records)).hasSize(200);
    }

    private static Set<ServerName> destinations(List<OutboundPdu> records) {
        Set<ServerName> all = new TreeSet<>();
        records.forEach(record -> all.addAll(record.destinations()));
        return all;
    }

    private static Pdu message(ServerName server) {
        return event(EventDraft.builder(RoomVersions.V11, new UserId("@u:" + server), "m.room.message"), server);
    }

    private static Pdu member(ServerName server, String target, String membership) {
        return event(
                EventDraft.builder(RoomVersions.V11, new UserId("@u:" + server), "m.room.member")
                        .stateKey(target)
                        .content(RemoteRoom.content("membership", membership)),
                server);
    }

    private static Pdu event(EventDraft.Builder draft, ServerName server) {
        JsonObject json = draft.roomId(new RoomId("!r:ours.example")).build().toJson();
        return RemoteRoom.signed(RoomVersions.V11, json, server, KEY);
    }

    private static Judged judged(
            Pdu event, Source source, ServerName origin, boolean fanOut, Verdict verdict, ServerName... before) {
        return new Judged(
                event.roomId(),
                "11",
                event.eventId(),
                1,
                source,
                origin,
                verdict,
                "",
                "",
                1,
                1,
                List.of(),
                "shared",
                fanOut,
                new ArrayList<>(List.of(before)),
                false,
                1,
                new PduBytes(event.canonicalBytes()));
    }
}
