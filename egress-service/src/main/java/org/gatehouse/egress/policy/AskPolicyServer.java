package org.gatehouse.egress.policy;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import org.gatehouse.egress.connection.Unreachable;
import org.gatehouse.egress.discovery.NoFederation;
import org.gatehouse.egress.policy.Word.Failed;
import org.gatehouse.egress.policy.Word.Refused;
import org.gatehouse.egress.policy.Word.Signed;
import org.gatehouse.egress.remote.FederationClient;
import org.gatehouse.egress.remote.RemoteOperation;
import org.gatehouse.egress.remote.RemotePath;
import org.gatehouse.egress.remote.RemoteRefusal;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.signing.PolicySignature;
import org.gatehouse.runtime.config.ClusterConfig;

/** Shows one event to the policy server of its room, once, whoever asks at the same time; waits for its word. */
@Singleton
class AskPolicyServer {

    private final FederationClient client;
    private final HostedPolicyServers hosted;
    private final ClusterConfig cluster;
    private final Map<EventId, CompletableFuture<Word>> underWay = new ConcurrentHashMap<>();

    @Inject
    AskPolicyServer(FederationClient client, HostedPolicyServers hosted, ClusterConfig cluster) {
        this.client = client;
        this.hosted = hosted;
        this.cluster = cluster;
    }

    /**
     * Asks in the name of a hosted server.
     *
     * @throws org.gatehouse.runtime.internal.ServiceUnavailable if a service of ours is not there: that passes
     */
    Word ask(Question question, ServerName origin, Duration deadline) {
        CompletableFuture<Word> mine = new CompletableFuture<>();
        CompletableFuture<Word> others = underWay.putIfAbsent(question.eventId(), mine);
        if (others != null) {
            return join(others);
        }
        try {
            mine.complete(checked(question, askOnce(question, origin, deadline)));
        } catch (RuntimeException e) {
            mine.completeExceptionally(e);
        } finally {
            underWay.remove(question.eventId(), mine);
        }
        return join(mine);
    }

    private static Word join(CompletableFuture<Word> answer) {
        try {
            return answer.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private Word askOnce(Question question, ServerName origin, Duration deadline) {
        ServerName via = question.policy().via();
        if (cluster.hosts(via)) {
            return hosted.ask(question, origin, deadline);
        }
        try {
            JsonObject answer = client.post(
                    origin, via, RemoteOperation.POLICY_SIGN, RemotePath.policySign(), question.event(), deadline);
            Optional<String> signature =
                    answer.object(via.value()).flatMap(keys -> keys.string(PolicySignature.KEY_ID.value()));
            return signature.<Word>map(Signed::new).orElseGet(() -> new Failed("it answered without a signature"));
        } catch (RemoteRefusal e) {
            return e.status() >= 500
                    ? new Failed("it answered " + e.status())
                    : new Refused(e.status(), e.errcode().isEmpty() ? "M_FORBIDDEN" : e.errcode(), e.error());
        } catch (Unreachable | NoFederation e) {
            return new Failed("it cannot be asked: " + e.getMessage());
        }
    }

    /** A signature that does not verify by the room's key is none. */
    private static Word checked(Question question, Word word) {
        boolean isFalse = word.signature()
                .filter(text -> !PolicySignature.isValid(
                        question.version(),
                        PolicySignature.merge(
                                question.event(), question.policy().via(), text),
                        question.policy().via(),
                        question.policy().ed25519()))
                .isPresent();
        return isFalse ? new Failed("its signature is not by the key in the room's state") : word;
    }
}
