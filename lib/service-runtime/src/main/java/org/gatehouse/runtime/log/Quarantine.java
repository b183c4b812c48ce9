package org.gatehouse.runtime.log;

import jakarta.inject.Singleton;
import org.gatehouse.cluster.PduBytes;
import org.gatehouse.cluster.Quarantined;
import org.gatehouse.cluster.RecordCodec;
import org.gatehouse.cluster.Topics;
import org.gatehouse.runtime.config.ClusterConfig;
import org.jboss.logging.Logger;

/** Puts aside what cannot be worked, with its bytes, its place and the reason, so that the rest can go on. */
@Singleton
public class Quarantine {

    private static final Logger LOG = Logger.getLogger(Quarantine.class);
    private static final RecordCodec<Quarantined> CODEC = RecordCodec.of(Quarantined.class);

    private final Publisher publisher;
    private final ClusterConfig cluster;

    Quarantine(Publisher publisher, ClusterConfig cluster) {
        this.publisher = publisher;
        this.cluster = cluster;
    }

    /**
     * Returns when the record is safe in quarantine. For worker threads.
     *
     * @throws LogUnavailable if it is not: then the source record must not be acknowledged
     */
    public void put(SourceRecord source, String reason) {
        put(source, source.value(), reason);
    }

    /** As {@link #put(SourceRecord, String)}, for bytes other than the whole record. */
    public void put(SourceRecord source, byte[] bytes, String reason) {
        LOG.errorf("quarantined %s: %s", source.position(), reason);
        Quarantined quarantined = new Quarantined(
                cluster.service(),
                source.topic(),
                source.partition(),
                source.offset(),
                source.key(),
                reason,
                new PduBytes(bytes));
        publisher.publishAndWait(Topics.QUARANTINE, quarantined.key(), CODEC.encode(quarantined));
    }
}
