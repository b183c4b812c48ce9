package org.gatehouse.egress.policy;

import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import org.gatehouse.cluster.PolicyServer;
import org.gatehouse.egress.membership.WishReader;
import org.gatehouse.egress.policy.Word.Refused;
import org.gatehouse.egress.policy.Word.Signed;
import org.gatehouse.egress.remote.RemoteErrors;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.StrictJson;
import org.gatehouse.matrix.event.UnverifiedPdu;
import org.gatehouse.matrix.roomversion.RoomVersion;
import org.gatehouse.runtime.http.MatrixError;
import org.gatehouse.runtime.http.MatrixResponses;
import org.gatehouse.runtime.internal.Internal;
import org.gatehouse.runtime.internal.InternalOperation;

/** For events of hosted users, which are shown to the policy server before they are logged. */
@Path("/internal/remote/policy-sign")
@Blocking
class PolicyResource {

    private final AskPolicyServer askPolicyServer;
    private final PolicyConfig config;

    PolicyResource(AskPolicyServer askPolicyServer, PolicyConfig config) {
        this.askPolicyServer = askPolicyServer;
        this.config = config;
    }

    /** 200 with {@code signature}; a refusal in the policy server's own words; 502 if it does not answer. */
    @POST
    @Internal(InternalOperation.REMOTE_POLICY_SIGN)
    public Response sign(byte[] body) {
        WishReader wish = new WishReader(StrictJson.parseObject(body));
        RoomVersion version = wish.roomVersion();
        UnverifiedPdu event = new UnverifiedPdu(version, wish.event().without("unsigned"));
        PolicyServer policy = new PolicyServer(wish.server("via"), wish.text("ed25519"));
        Question question = new Question(
                wish.room(),
                version,
                event.eventId().orElseThrow(() -> MatrixError.badJson("the event has no ID")),
                event.json(),
                policy);
        Word word = askPolicyServer.ask(question, wish.server("origin"), config.askDeadline());
        if (word instanceof Signed signed) {
            return MatrixResponses.json(JsonObject.EMPTY.with("signature", signed.text()));
        }
        if (word instanceof Refused refused) {
            throw new MatrixError(refused.status(), refused.errcode(), refused.error());
        }
        throw RemoteErrors.badGateway(policy.via(), "is the room's policy server, and " + word.detail());
    }
}
