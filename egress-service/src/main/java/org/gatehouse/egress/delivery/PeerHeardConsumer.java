package org.gatehouse.egress.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.gatehouse.cluster.PeerHeard;
import org.gatehouse.cluster.RecordCodec;
import org.gatehouse.cluster.UnreadableRecord;
import org.jboss.logging.Logger;

/** Reads signs of life. Every instance reads all of them, since any of them may be the one that sends to the server. */
@ApplicationScoped
class PeerHeardConsumer {

    private static final Logger LOG = Logger.getLogger(PeerHeardConsumer.class);
    private static final RecordCodec<PeerHeard> CODEC = RecordCodec.of(PeerHeard.class);

    private final Deliveries deliveries;

    PeerHeardConsumer(Deliveries deliveries) {
        this.deliveries = deliveries;
    }

    @Incoming("peer-heard")
    public void receive(byte[] value) {
        try {
            deliveries.heard(CODEC.decode(value).server());
        } catch (UnreadableRecord e) {
            LOG.warnf("a sign of life that cannot be read: %s", e.getMessage());
        }
    }
}
