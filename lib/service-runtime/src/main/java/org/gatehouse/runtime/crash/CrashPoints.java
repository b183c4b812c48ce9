package org.gatehouse.runtime.crash;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.gatehouse.cluster.Topics;

/** The names of all crash points. A test holds docs/crash-points.md and the calls in the code against them. */
public final class CrashPoints {

    private static final String AFTER_SEND = ".after-send-before-broker-ack";

    public static final Set<String> ALL = all();

    private CrashPoints() {}

    /** Of a service that publishes: a record was handed to the Kafka producer, and is not acknowledged. */
    public static String afterSend(String service) {
        return service + AFTER_SEND;
    }

    private static Set<String> all() {
        Set<String> names = new TreeSet<>(Set.of(
                "ingress.after-verify",
                "ingress.after-some-of-batch",
                "ingress.after-all-acks-before-200",
                "ingress.after-txn-cache-before-200",
                "ingress.after-200",
                "event-graph.after-poll",
                "event-graph.after-waiting-rows-before-event-rows",
                "event-graph.after-event-rows-before-head",
                "event-graph.after-head-before-publish",
                "event-graph.after-publish-before-offset-commit",
                "egress.after-policy-answer-before-log",
                "state-resolution.after-read-before-judgement",
                "state-resolution.after-resolve-before-write",
                "state-resolution.after-rows-before-head",
                "state-resolution.after-write-before-publish",
                "state-resolution.after-publish-before-offset-commit"));
        Stream.of(Topics.values())
                .flatMap(topic -> topic.producers().stream())
                .map(CrashPoints::afterSend)
                .forEach(names::add);
        return Collections.unmodifiableSet(names);
    }
}
