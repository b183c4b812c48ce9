package org.gatehouse.keys.signing;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.gatehouse.keys.MovingClock;
import org.gatehouse.keys.ownkey.HostedKeys;
import org.gatehouse.keys.ownkey.OwnKeys;
import org.gatehouse.keys.signing.Answer.Reason;
import org.gatehouse.keys.signing.Answer.Refused;
import org.gatehouse.keys.signing.Answer.Signed;
import org.gatehouse.keys.verifykey.StandInKeys;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.JsonString;
import org.gatehouse.matrix.event.EventDraft;
import org.gatehouse.matrix.event.EventHashes;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.KeyId;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.matrix.roomversion.RoomVersion;
import org.gatehouse.matrix.roomversion.RoomVersions;
import org.gatehouse.matrix.signing.EventSigning;
import org.gatehouse.matrix.signing.ServerKeys;
import org.gatehouse.matrix.signing.SigningKey;
import org.junit.jupiter.api.Test;

/** QB06: nothing but an invite of a hosted user leaves with our signature. */
class SignInviteTest {

    private static final ServerName OURS = new ServerName("a.example");
    private static final ServerName REMOTE = new ServerName("b.example");
    private static final UserId INVITED = new UserId("@u:a.example");
    private static final UserId INVITER = new UserId("@v:b.example");
    private static final RoomVersion VERSION = RoomVersions.V11;

    private final MovingClock clock = new MovingClock();
    private final SigningKey ourKey = SigningKey.generate(new SecureRandom(), new KeyId("ed25519:ours"));
    private final SigningKey theirKey = SigningKey.generate(new SecureRandom(), new KeyId("ed25519:theirs"));
    private final Map<ServerName, JsonObject> published = new HashMap<>();
    private final SignInvite signInvite = signInvite();

    @Test
    void addsOurSignatureAndChangesNothingElse() {
        JsonObject invite = signed(invite());

        Signed answer = (Signed) sign(invite);

        assertThat(answer.event().without("signatures")).isEqualTo(invite.without("signatures"));
        assertThat(answer.eventId()).isEqualTo(EventHashes.eventId(VERSION, invite));
        assertThat(EventSigning.verify(VERSION, answer.event(), OURS, ourKey.id(), ourKey.verifyKey()))
                .isTrue();
        assertThat(EventSigning.verify(VERSION, answer.event(), REMOTE, theirKey.id(), theirKey.verifyKey()))
                .isTrue();
    }

    @Test
    void refusesWhatIsNoInviteOfTheUser() {
        List<JsonObject> others = new ArrayList<>();
        for (String membership : List.of("join", "leave", "ban", "knock", "INVITE", "")) {
            others.add(invite().with("content", JsonObject.of("membership", new JsonString(membership))));
        }
        others.add(invite().with("content", JsonObject.EMPTY));
        others.add(invite().with("type", "m.room.power_levels"));
        others.add(invite().with("type", "m.room.create"));
        others.add(invite().with("state_key", "@other:a.example"));
        others.add(invite().with("state_key", INVITER.toString()));
        others.add(invite().without("state_key"));
        others.add(invite().with("sender", INVITED.toString()));
        others.add(invite().with("sender", "@other:a.example"));
        others.add(invite().without("sender"));

        for (JsonObject other : others) {
            assertRefused(Reason.NOT_THIS_KIND, sign(signed(other)));
        }
    }

    @Test
    void refusesAUserWhoIsNotHosted() {
        UserId stranger = new UserId("@u:c.example");
        JsonObject invite = signed(invite().with("state_key", stranger.toString()));

        assertRefused(
                Reason.NOT_HOSTED,
                signInvite.sign("11", stranger, invite).await().indefinitely());
    }

    @Test
    void refusesAnInviteThatTheInviterDidNotSign() {
        JsonObject unsigned = EventHashes.withContentHash(invite()).with("signatures", JsonObject.EMPTY);
        assertRefused(Reason.UNVERIFIED, sign(unsigned));

        SigningKey impostor = SigningKey.generate(new SecureRandom(), theirKey.id());
        assertRefused(Reason.UNVERIFIED, sign(EventSigning.hashAndSign(VERSION, invite(), REMOTE, impostor)));
        SigningKey unknown = SigningKey.generate(new SecureRandom(), new KeyId("ed25519:unknown"));
        assertRefused(Reason.UNVERIFIED, sign(EventSigning.hashAndSign(VERSION, invite(), REMOTE, unknown)));
    }

    @Test
    void refusesAnInviteThatWasChangedAfterItWasSigned() {
        JsonObject changed = signed(invite())
                .with(
                        "content",
                        JsonObject.builder()
                                .put("membership", "invite")
                                .put("displayname", "other")
                                .build());

        assertRefused(Reason.UNVERIFIED, sign(changed));
    }

    @Test
    void refusesUnknownRoomVersionsAndMalformedEvents() {
        assertRefused(
                Reason.UNKNOWN_ROOM_VERSION,
                signInvite.sign("x", INVITED, signed(invite())).await().indefinitely());
        assertRefused(Reason.UNVERIFIED, sign(signed(invite().without("depth"))));
    }

    private Answer sign(JsonObject invite) {
        return signInvite.sign("11", INVITED, invite).await().indefinitely();
    }

    private JsonObject signed(JsonObject draft) {
        return EventSigning.hashAndSign(VERSION, draft, REMOTE, theirKey);
    }

    private JsonObject invite() {
        return EventDraft.builder(VERSION, INVITER, "m.room.member")
                .roomId(new RoomId("!r:b.example"))
                .stateKey(INVITED.toString())
                .content(JsonObject.of("membership", new JsonString("invite")))
                .prevEvents(List.of(new EventId("$" + "p".repeat(43))))
                .authEvents(List.of(new EventId("$" + "a".repeat(43))))
                .depth(5)
                .originServerTs(clock.millis())
                .build()
                .toJson();
    }

    private SignInvite signInvite() {
        long validUntil = clock.millis() + Duration.ofDays(1).toMillis();
        published.put(REMOTE, ServerKeys.publish(REMOTE, List.of(theirKey), Map.of(), validUntil));
        OwnKeys ownKeys = new OwnKeys(List.of(new HostedKeys(OURS, List.of(ourKey), new TreeMap<>())), clock);
        return new SignInvite(ownKeys, StandInKeys.of(ownKeys, published, clock));
    }

    private static void assertRefused(Reason reason, Answer answer) {
        assertThat(answer)
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.reason()).isEqualTo(reason));
    }
}
