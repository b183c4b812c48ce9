package org.gatehouse.cluster;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** The topics of a cluster: name, number of partitions by default, how long records live, who writes and who reads. */
public enum Topics {
    /** The one log a room: everything that can change a room's graph. Key: room ID. */
    PDU_RECEIVED("pdu-received", 16, Retention.FOREVER, Set.of("ingress", "egress", "provider"), Set.of("event-graph")),
    /** Bytes that a record of the log names by range: a join's state, a gap's state. Key: room ID. */
    PDU_BULK("pdu-bulk", 16, Retention.FOREVER, Set.of("egress"), Set.of("event-graph", "state-resolution")),
    /** Events in the room's order, parents before children. Key: room ID. */
    PDU_CONNECTED("pdu-connected", 16, Retention.FOREVER, Set.of("event-graph"), Set.of("state-resolution")),
    /** Verdicts, in the same order, with what changed in the current state. Key: room ID. */
    PDU_JUDGED(
            "pdu-judged",
            16,
            Retention.FOREVER,
            Set.of("state-resolution"),
            Set.of("event-graph", "egress", "provider")),
    /** What the gate in has to know of each room. Compacted. Key: room ID. */
    ROOM_FACTS("room-facts", 4, Retention.COMPACTED, Set.of("state-resolution"), Set.of("ingress")),
    /** Events that are missing, wished for by the graph. Key: room ID. */
    FETCH_WANTED("fetch-wanted", 16, Retention.WEEK, Set.of("event-graph"), Set.of("egress")),
    /** Events that hosted users want to send. Key: room ID. */
    SEND_WANTED("send-wanted", 16, Retention.WEEK, Set.of("provider"), Set.of("provider")),
    /** Events on their way to other servers. Key: destination shard. */
    OUTBOUND("outbound", 16, Retention.WEEK, Set.of("egress"), Set.of("egress")),
    /** Verdicts for whoever waits for one. Partitioned by the waiting instance. */
    VERDICT_REPLIES(
            "verdict-replies",
            8,
            Retention.HOUR,
            Set.of("state-resolution", "event-graph", "provider"),
            Set.of("ingress", "provider")),
    /** What other servers' EDUs say of one room or to one user. Key: room ID or user ID. */
    EDU_RECEIVED("edu-received", 16, Retention.WEEK, Set.of("ingress"), Set.of("provider")),
    /** Signs of life of other servers. Key: server name. */
    PEER_HEARD("peer-heard", 4, Retention.HOUR, Set.of("ingress"), Set.of("egress")),
    /** Wakes waiting syncs on every instance of provider-service. */
    PROVIDER_NOTIFY("provider-notify", 4, Retention.HOUR, Set.of("provider"), Set.of("provider")),
    /** Records that could not be worked, with their bytes and the reason. Key: source topic. */
    QUARANTINE(
            "quarantine",
            4,
            Retention.FOREVER,
            Set.of("event-graph", "state-resolution", "egress", "provider", "ingress"),
            Set.of());

    /** How long a topic keeps its records. */
    public enum Retention {
        /** Only the newest record of each key is kept. */
        COMPACTED,
        /** An hour: who was not there to read it does not need it. */
        HOUR,
        /** A week. */
        WEEK,
        /** Until the operator says otherwise. */
        FOREVER
    }

    private final String baseName;
    private final int partitions;
    private final Retention retention;
    private final Set<String> producers;
    private final Set<String> readers;

    Topics(String baseName, int partitions, Retention retention, Set<String> producers, Set<String> readers) {
        this.baseName = baseName;
        this.partitions = partitions;
        this.retention = retention;
        this.producers = producers;
        this.readers = readers;
    }

    /** The topics that a service writes or reads. */
    public static List<Topics> of(String service) {
        return Arrays.stream(values())
                .filter(topic -> topic.producers.contains(service) || topic.readers.contains(service))
                .toList();
    }

    /** The name without the cluster's prefix, such as {@code pdu-received}. */
    public String baseName() {
        return baseName;
    }

    /** The name on the broker. */
    public String name(String prefix) {
        return prefix + baseName;
    }

    /** The number of partitions that the launcher creates. */
    public int partitions() {
        return partitions;
    }

    /** Whether an operator who gives the log more partitions gives this topic as many. */
    public boolean isSpreadLikeTheLog() {
        return partitions == PDU_RECEIVED.partitions;
    }

    public Retention retention() {
        return retention;
    }

    /** The services that may write to it. */
    public Set<String> producers() {
        return producers;
    }

    /** The services that read it. */
    public Set<String> readers() {
        return readers;
    }
}
