package org.gatehouse.egress.policy;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.gatehouse.cluster.PolicyServer;
import org.gatehouse.egress.fetch.OurNames;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.event.StoredPdus;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.signing.PolicySignature;

/** Shows the events that fill a gap to the room's policy server, before they are logged: a few at a time. */
@Singleton
public class AskAboutFetched {

    private static final int AT_ONCE = 4;

    private final AskPolicyServer askPolicyServer;
    private final OurNames ourNames;
    private final PolicyConfig config;
    private final Clock clock;

    AskAboutFetched(AskPolicyServer askPolicyServer, OurNames ourNames, PolicyConfig config, Clock clock) {
        this.askPolicyServer = askPolicyServer;
        this.ourNames = ourNames;
        this.config = config;
        this.clock = clock;
    }

    /** The events in their order, with the signatures that could be had within one deadline for all. */
    public List<Pdu> signed(Collection<Pdu> events, PolicyServer policy) throws InterruptedException {
        List<Pdu> all = List.copyOf(events);
        if (all.stream().noneMatch(event -> lacksSignature(event, policy))) {
            return all;
        }
        Instant deadline = clock.instant().plus(config.askDeadline());
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<Future<Pdu>> asked = new ArrayList<>();
            for (Pdu event : all) {
                asked.add(threads.submit(() -> signed(event, policy, deadline)));
            }
            List<Pdu> answered = new ArrayList<>();
            for (Future<Pdu> each : asked) {
                answered.add(result(each));
            }
            return answered;
        } finally {
            threads.shutdownNow();
        }
    }

    private Pdu signed(Pdu event, PolicyServer policy, Instant deadline) {
        Duration left = Duration.between(clock.instant(), deadline);
        if (left.isNegative() || left.isZero() || !lacksSignature(event, policy)) {
            return event;
        }
        ServerName origin = ourNames.candidates(event.roomId()).get(0);
        Question question = new Question(event.roomId(), event.roomVersion(), event.eventId(), event.json(), policy);
        return askPolicyServer
                .ask(question, origin, left)
                .signature()
                .map(text -> StoredPdus.of(
                        event.roomVersion(), event.eventId(), PolicySignature.merge(event.json(), policy.via(), text)))
                .orElse(event);
    }

    private static boolean lacksSignature(Pdu event, PolicyServer policy) {
        return !PolicySignature.isExempt(event.type(), event.stateKey())
                && !PolicySignature.isValid(event.roomVersion(), event.json(), policy.via(), policy.ed25519());
    }

    private static Pdu result(Future<Pdu> asked) throws InterruptedException {
        try {
            return asked.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        }
    }
}
