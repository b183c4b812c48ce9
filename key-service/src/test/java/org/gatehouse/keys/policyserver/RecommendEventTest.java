package org.gatehouse.keys.policyserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.gatehouse.keys.MovingClock;
import org.gatehouse.keys.ownkey.HostedKeys;
import org.gatehouse.keys.ownkey.OwnKeys;
import org.gatehouse.keys.ownkey.PolicyKeys;
import org.gatehouse.keys.policyserver.Recommendation.Recommended;
import org.gatehouse.keys.policyserver.Recommendation.Refused;
import org.gatehouse.keys.verifykey.StandInKeys;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.event.EventDraft;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.KeyId;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.matrix.roomversion.RoomVersion;
import org.gatehouse.matrix.roomversion.RoomVersions;
import org.gatehouse.matrix.signing.EventSigning;
import org.gatehouse.matrix.signing.PolicySignature;
import org.gatehouse.matrix.signing.ServerKeys;
import org.gatehouse.matrix.signing.SigningKey;
import org.junit.jupiter.api.Test;

class RecommendEventTest {

    private static final ServerName OURS = new ServerName("a.example");
    private static final ServerName REMOTE = new ServerName("b.example");
    private static final RoomVersion VERSION = RoomVersions.V11;

    private final MovingClock clock = new MovingClock();
    private final SigningKey ourKey = key(1, "ours");
    private final SigningKey theirKey = key(2, "theirs");
    private final SigningKey policyKey = key(3, "policy");
    private final Map<ServerName, JsonObject> published = new HashMap<>();
    private PolicyKeys policyKeys = new PolicyKeys(Map.of(OURS, policyKey));

    @Test
    void signsWhatTheSendersServerSigned() {
        JsonObject event = signed("hello", REMOTE, theirKey);

        Recommended answer = (Recommended) recommend(event);

        JsonObject merged = PolicySignature.merge(event, OURS, answer.signature());
        assertThat(PolicySignature.isValid(
                        VERSION, merged, OURS, policyKey.verifyKey().toBase64()))
                .isTrue();
        assertThat(PolicySignature.isValid(
                        VERSION, merged, OURS, ourKey.verifyKey().toBase64()))
                .as("never with the key of the server itself")
                .isFalse();
    }

    @Test
    void signsForHostedUsersToo() {
        assertThat(recommend(signed("hello", OURS, ourKey))).isInstanceOf(Recommended.class);
    }

    @Test
    void refusesByRuleWithItsReason() {
        assertRefused(recommend(signed("come to the casino", REMOTE, theirKey)), 400, "M_FORBIDDEN");
    }

    @Test
    void refusesWhatTheSendersServerDidNotSign() {
        assertRefused(recommend(signed("hello", REMOTE, ourKey)), 400, "M_FORBIDDEN");
        assertRefused(
                recommend(signed("hello", REMOTE, theirKey).with("signatures", JsonObject.EMPTY)), 400, "M_FORBIDDEN");
        JsonObject changed = signed("hello", REMOTE, theirKey).with("content", JsonObject.EMPTY.with("body", "other"));
        assertRefused(recommend(changed), 400, "M_FORBIDDEN");
    }

    @Test
    void refusesWhatIsNoEvent() {
        assertRefused(recommend(signed("hello", REMOTE, theirKey).without("depth")), 400, "M_BAD_JSON");
        assertRefused(recommend(JsonObject.EMPTY), 400, "M_BAD_JSON");
    }

    @Test
    void refusesThePolicyItself() {
        JsonObject policy =
                signed("x", REMOTE, theirKey).with("type", "m.room.policy").with("state_key", "");

        assertRefused(recommend(policy), 400, "M_BAD_JSON");
    }

    @Test
    void isNoPolicyServerUnlessSwitchedOn() {
        policyKeys = new PolicyKeys(Map.of());

        assertRefused(recommend(signed("hello", REMOTE, theirKey)), 404, "M_UNRECOGNIZED");
    }

    private static void assertRefused(Recommendation answer, int status, String errcode) {
        assertThat(answer).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.status()).isEqualTo(status);
            assertThat(refused.errcode()).isEqualTo(errcode);
            assertThat(refused.reason()).isNotEmpty();
        });
    }

    private Recommendation recommend(JsonObject event) {
        published.put(REMOTE, ServerKeys.publish(REMOTE, List.of(theirKey), Map.of(), clock.millis() + 3_600_000));
        OwnKeys ownKeys = new OwnKeys(List.of(new HostedKeys(OURS, List.of(ourKey), new TreeMap<>())), clock);
        PolicyRules rules = PolicyRules.read("word casino".getBytes(StandardCharsets.UTF_8));
        return new RecommendEvent(policyKeys, StandInKeys.of(ownKeys, published, clock), () -> rules)
                .recommend(OURS, VERSION.id(), event)
                .await()
                .indefinitely();
    }

    private JsonObject signed(String body, ServerName server, SigningKey key) {
        JsonObject draft = EventDraft.builder(VERSION, new UserId("@u:" + server), "m.room.message")
                .roomId(new RoomId("!r:b.example"))
                .content(JsonObject.EMPTY.with("body", body))
                .prevEvents(List.of(new EventId("$" + "p".repeat(43))))
                .authEvents(List.of(new EventId("$" + "a".repeat(43))))
                .depth(3)
                .originServerTs(clock.millis())
                .build()
                .toJson();
        return EventSigning.hashAndSign(VERSION, draft, server, key);
    }

    private static SigningKey key(int seed, String name) {
        byte[] bytes = new byte[32];
        bytes[0] = (byte) seed;
        return SigningKey.fromSeed(bytes, new KeyId("ed25519:" + name));
    }
}
