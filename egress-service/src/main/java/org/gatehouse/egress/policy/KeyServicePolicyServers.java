package org.gatehouse.egress.policy;

import jakarta.inject.Singleton;
import java.time.Duration;
import org.gatehouse.egress.policy.Word.Failed;
import org.gatehouse.egress.policy.Word.Refused;
import org.gatehouse.egress.policy.Word.Signed;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.runtime.http.MatrixError;
import org.gatehouse.runtime.internal.InternalCall;
import org.gatehouse.runtime.internal.InternalClient;
import org.gatehouse.runtime.internal.InternalOperation;
import org.gatehouse.runtime.internal.InternalResponse;
import org.gatehouse.runtime.internal.ServiceUnavailable;

/** key-service has the role. */
@Singleton
class KeyServicePolicyServers implements HostedPolicyServers {

    private final InternalClient client;

    KeyServicePolicyServers(InternalClient client) {
        this.client = client;
    }

    @Override
    public Word ask(Question question, ServerName origin, Duration deadline) {
        JsonObject wish = JsonObject.builder()
                .put("policy_server", question.policy().via().value())
                .put("room_version", question.version().id())
                .put("event", question.event())
                .build();
        InternalResponse answer = client.await(
                InternalCall.to(InternalOperation.POLICY_SIGN).body(wish).deadline(deadline));
        if (answer.status() >= 500) {
            throw new ServiceUnavailable("key", "answered " + answer.status());
        }
        try {
            return answer.requireOk()
                    .json()
                    .string("signature")
                    .<Word>map(Signed::new)
                    .orElseGet(() -> new Failed("it answered without a signature"));
        } catch (MatrixError refusal) {
            return new Refused(refusal.status(), refusal.errcode(), String.valueOf(refusal.getMessage()));
        }
    }
}
