package org.gatehouse.keys.signing;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.gatehouse.keys.ownkey.HostedKeys;
import org.gatehouse.keys.ownkey.OwnKeys;
import org.gatehouse.keys.signing.Answer.Reason;
import org.gatehouse.keys.signing.Answer.Refused;
import org.gatehouse.keys.signing.Answer.Signed;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.canonicaljson.JsonNumber;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.JsonString;
import org.gatehouse.matrix.event.EventDraft;
import org.gatehouse.matrix.event.EventHashes;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.KeyId;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.matrix.roomversion.RoomVersions;
import org.gatehouse.matrix.signing.EventSigning;
import org.gatehouse.matrix.signing.SigningKey;
import org.junit.jupiter.api.Test;

class SignEventTest {

    private static final ServerName SERVER = new ServerName("a.example");
    private static final UserId USER = new UserId("@u:a.example");

    private final SigningKey key = SigningKey.generate(new SecureRandom(), new KeyId("ed25519:1"));
    private final SignEvent signEvent = new SignEvent(
            new OwnKeys(List.of(new HostedKeys(SERVER, List.of(key), new TreeMap<>())), Clock.systemUTC()));

    @Test
    void hashesSignsAndNames() {
        Answer answer = signEvent.sign("11", USER, draft());

        Signed signed = (Signed) answer;
        assertThat(EventSigning.verify(RoomVersions.V11, signed.event(), SERVER, key.id(), key.verifyKey()))
                .isTrue();
        assertThat(signed.event().object("hashes").orElseThrow().string("sha256"))
                .contains(EventHashes.contentHash(signed.event()));
        assertThat(signed.eventId()).isEqualTo(EventHashes.eventId(RoomVersions.V11, signed.event()));
    }

    @Test
    void signsTheCreateEventOfRoomVersion12WhichHasNoRoomId() {
        JsonObject create = EventDraft.builder(RoomVersions.V12, USER, "m.room.create")
                .stateKey("")
                .content(JsonObject.of("room_version", new JsonString("12")))
                .originServerTs(1)
                .build()
                .toJson();

        assertThat(signEvent.sign("12", USER, create)).isInstanceOf(Signed.class);
        assertRefused(Reason.MALFORMED, signEvent.sign("12", USER, create.with("room_id", "!r:a.example")));
    }

    @Test
    void signsAnEventOfRoomVersion1UnderANameOfOurs() {
        JsonObject draft = EventDraft.builder(RoomVersions.V1, USER, "m.room.message")
                .roomId(new RoomId("!r:a.example"))
                .depth(1)
                .originServerTs(1)
                .build()
                .toJson();

        assertThat(signEvent.sign("1", USER, draft)).isInstanceOf(Signed.class);
        assertRefused(Reason.MALFORMED, signEvent.sign("1", USER, draft.without("event_id")));
        assertRefused(Reason.MALFORMED, signEvent.sign("1", USER, draft.with("event_id", "$x:b.example")));
        assertRefused(Reason.MALFORMED, signEvent.sign("3", USER, draft));
        assertRefused(Reason.TOO_LARGE, signEvent.sign("1", USER, draft.with("type", "é".repeat(128))));
        assertThat(signEvent.sign("3", USER, draft.without("event_id"))).isInstanceOf(Signed.class);
    }

    @Test
    void signsARestrictedJoinThatAnotherServerHasStillToSign() {
        JsonObject join = draft().with("type", "m.room.member")
                .with("state_key", USER.toString())
                .with(
                        "content",
                        JsonObject.builder()
                                .put("membership", "join")
                                .put("join_authorised_via_users_server", "@admin:b.example")
                                .build());

        assertThat(signEvent.sign("11", USER, join)).isInstanceOf(Signed.class);
    }

    @Test
    void refusesAUserWhoIsNotHosted() {
        UserId stranger = new UserId("@u:b.example");

        assertRefused(Reason.NOT_HOSTED, signEvent.sign("11", stranger, draft().with("sender", stranger.toString())));
    }

    @Test
    void refusesASenderWhoIsNotTheUser() {
        assertRefused(Reason.NOT_THIS_KIND, signEvent.sign("11", USER, draft().with("sender", "@v:a.example")));
        assertRefused(Reason.NOT_THIS_KIND, signEvent.sign("11", USER, draft().with("sender", "@u:b.example")));
        assertRefused(Reason.NOT_THIS_KIND, signEvent.sign("11", USER, draft().without("sender")));
    }

    @Test
    void refusesRoomVersionsThatItDoesNotSpeak() {
        assertRefused(Reason.UNKNOWN_ROOM_VERSION, signEvent.sign("org.example.1", USER, draft()));
    }

    @Test
    void refusesWhatIsNoEventOfTheVersion() {
        List<JsonObject> malformed = new ArrayList<>();
        for (String field : List.of("type", "content", "room_id", "prev_events", "auth_events", "depth")) {
            malformed.add(draft().without(field));
        }
        malformed.add(draft().with("depth", -1));
        malformed.add(draft().with("depth", new JsonNumber("1.5")));
        malformed.add(draft().with("content", JsonObject.of("x", new JsonNumber("1.5"))));
        malformed.add(draft().with("content", JsonObject.of("x", new JsonNumber("9007199254740993"))));
        malformed.add(draft().with("content", new JsonString("text")));
        malformed.add(draft().with("state_key", 3));
        malformed.add(draft().with("room_id", "no room"));
        malformed.add(draft().with("prev_events", ids(21)));
        malformed.add(draft().with("auth_events", ids(11)));
        malformed.add(JsonObject.of("sender", new JsonString(USER.toString())));

        for (JsonObject draft : malformed) {
            assertRefused(Reason.MALFORMED, signEvent.sign("11", USER, draft));
        }
    }

    @Test
    void refusesFieldsThatADraftDoesNotHave() {
        for (String field : List.of("signatures", "hashes", "unsigned", "event_id", "origin", "membership", "x")) {
            assertRefused(Reason.MALFORMED, signEvent.sign("11", USER, draft().with(field, JsonObject.EMPTY)));
        }
    }

    @Test
    void refusesWhatIsTooLarge() {
        JsonObject large = draft().with("content", JsonObject.of("body", new JsonString("x".repeat(65_600))));
        assertRefused(Reason.TOO_LARGE, signEvent.sign("11", USER, large));
        assertRefused(Reason.TOO_LARGE, signEvent.sign("11", USER, draft().with("type", "t".repeat(256))));
    }

    private static void assertRefused(Reason reason, Answer answer) {
        assertThat(answer)
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.reason()).isEqualTo(reason));
    }

    private static JsonObject draft() {
        return EventDraft.builder(RoomVersions.V11, USER, "m.room.message")
                .roomId(new RoomId("!r:a.example"))
                .content(JsonObject.of("body", new JsonString("hello")))
                .prevEvents(List.of(new EventId("$" + "p".repeat(43))))
                .authEvents(List.of(new EventId("$" + "a".repeat(43))))
                .depth(5)
                .originServerTs(1_700_000_000_000L)
                .build()
                .toJson();
    }

    private static JsonArray ids(int count) {
        List<JsonString> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.add(new JsonString("$" + "a".repeat(40) + (100 + i)));
        }
        return JsonArray.of(ids);
    }
}
