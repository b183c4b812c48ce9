package org.gatehouse.loadtests;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.gatehouse.local.ClusterService;
import org.gatehouse.local.ClusterSettings;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.testkit.FederationPeer;

/**
 * The gate in by itself: transactions verified, published and acknowledged by one ingress, with Kafka, Cassandra and
 * key-service beside it, while the services that read the log are stopped. Its CPU a PDU is set against what the
 * signatures alone cost on the same core in the same run.
 */
public final class IngressAlone {

    private static final List<ClusterService> READERS = List.of(
            ClusterService.EVENT_GRAPH,
            ClusterService.STATE_RESOLUTION,
            ClusterService.PROVIDER,
            ClusterService.EGRESS);

    /**
     * A shape of traffic and what it costs at least, in microseconds a PDU: its signatures, and what reading, hashing,
     * publishing and HTTP take of a lean program (shared among the PDUs of a transaction).
     */
    private enum Shape {
        FULL(50, 1 + 1 / 50.0, 17.9),
        SINGLE(1, 2, 41);

        private final int pdus;
        private final double signatures;
        private final double rest;

        Shape(int pdus, double signatures, double rest) {
            this.pdus = pdus;
            this.signatures = signatures;
            this.rest = rest;
        }

        double floor(double verification) {
            return signatures * verification + rest;
        }
    }

    private final LoadParameters load;

    private IngressAlone(LoadParameters load) {
        this.load = load;
    }

    public static void main(String[] arguments) throws IOException {
        LoadParameters load = LoadParameters.fromSystemProperties();
        OwnCluster.measureAndExit(IngressAlone::unhindered, own -> new IngressAlone(load).run(own));
    }

    /** Nobody reads the log, and few peers stand for many: neither may hold the answers back. */
    private static ClusterSettings unhindered(ClusterSettings settings) {
        return settings.withProperty("gatehouse.admission.lag-low", "1000000000")
                .withProperty("gatehouse.admission.lag-high", "2000000000")
                .withProperty("gatehouse.admission.origin-rate", "100000000")
                .withProperty("gatehouse.admission.origin-burst", "100000000");
    }

    private void run(OwnCluster own) throws IOException {
        List<RoomId> rooms = own.publicRooms(load.rooms());
        List<FederationPeer> peers = new ArrayList<>();
        try {
            List<SyntheticServer> servers = new ArrayList<>();
            for (int i = 0; i < load.peers(); i++) {
                FederationPeer peer = own.peer(i);
                peers.add(peer);
                servers.add(SyntheticServer.join(peer, own.server(), load.roomsOf(i, rooms), load.bodyBytes()));
            }
            READERS.forEach(own.cluster()::stop);
            Traffic traffic = new Traffic(peers, servers);
            for (Shape shape : Shape.values()) {
                ClosedLoop.run(
                        traffic.next(load.warmUp() * Shape.FULL.pdus / shape.pdus / 4, shape.pdus), own.server());
            }
            for (int round = 1; round <= load.rounds(); round++) {
                for (Shape shape : Shape.values()) {
                    round(round, shape, traffic, own);
                }
            }
        } finally {
            peers.forEach(FederationPeer::close);
        }
    }

    private void round(int number, Shape shape, Traffic traffic, OwnCluster own) {
        int transactions = Math.min(load.transactions() * Shape.FULL.pdus / shape.pdus, load.transactions() * 10);
        List<ClosedLoop.Share> shares = traffic.next(transactions, shape.pdus);
        double verification = BareVerification.microseconds();
        Map<String, Long> pids = own.pids();
        CpuSeconds before = CpuSeconds.now(pids);
        ClosedLoop.Outcome closed = ClosedLoop.run(shares, own.server());
        CpuSeconds spent = CpuSeconds.now(pids).since(before);
        int pdus = closed.events().size();
        double each = spent.of(ClusterService.INGRESS.identity()) * 1e6 / pdus;
        double peersCores = spent.of(OwnCluster.PEERS) / closed.seconds();
        Say.line(
                "round %d, %d a transaction: %.0f PDUs/s; ingress %.1f us CPU a PDU, a verification alone %.1f us,"
                        + " so at least %.1f: %.2f of the ceiling",
                number,
                shape.pdus,
                pdus / closed.seconds(),
                each,
                verification,
                shape.floor(verification),
                shape.floor(verification) / each);
        spent.byProcess()
                .forEach((name, seconds) -> Say.line(
                        "  %-17s %7.1f us a PDU  %.2f cores", name, seconds * 1e6 / pdus, seconds / closed.seconds()));
        int cores = Runtime.getRuntime().availableProcessors();
        Say.line(
                "  without the peers' %.2f cores: %.0f PDUs/s a core; others on the machine %.2f cores;"
                        + " answers p50 %.1f ms, p99 %.1f ms",
                peersCores,
                pdus / closed.seconds() / (cores - peersCores),
                Math.max(0, spent.machine() - spent.total()) / closed.seconds(),
                closed.percentileMillis(0.50),
                closed.percentileMillis(0.99));
        double half = transactions / closed.seconds() / 2;
        OpenLoop.Outcome open = OpenLoop.run(traffic.next(transactions / 2, shape.pdus), own.server(), half);
        Say.line(
                "  at half that load (%.0f transactions a second): p50 %.1f ms, p99 %.1f ms, longest %.1f ms",
                half, open.percentileMillis(0.50), open.percentileMillis(0.99), open.percentileMillis(1));
    }

    /** The peers and what each has still to say. */
    private record Traffic(List<FederationPeer> peers, List<SyntheticServer> servers) {
        List<ClosedLoop.Share> next(int transactions, int pdus) {
            List<ClosedLoop.Share> shares = new ArrayList<>();
            for (int i = 0; i < peers.size(); i++) {
                shares.add(new ClosedLoop.Share(
                        peers.get(i), servers.get(i).prepare(Math.max(1, transactions / peers.size()), pdus)));
            }
            return shares;
        }
    }
}
