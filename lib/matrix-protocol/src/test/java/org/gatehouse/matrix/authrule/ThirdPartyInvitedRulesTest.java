package org.gatehouse.matrix.authrule;

import static org.gatehouse.matrix.authrule.TestRoom.ALICE;
import static org.gatehouse.matrix.authrule.TestRoom.BOB;
import static org.gatehouse.matrix.authrule.TestRoom.CHARLIE;
import static org.gatehouse.matrix.authrule.TestRoom.json;

import java.util.Arrays;
import org.gatehouse.matrix.canonicaljson.CanonicalJson;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.JsonString;
import org.gatehouse.matrix.identifier.KeyId;
import org.gatehouse.matrix.roomversion.RoomVersion;
import org.gatehouse.matrix.signing.SigningKey;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rule 4.4.1 of versions 10 and 11, rule 5.4.1 of version 12. */
class ThirdPartyInvitedRulesTest extends RuleTest {
    private static final SigningKey IDENTITY_SERVER = key(1);
    private static final SigningKey EPHEMERAL = key(2);
    private static final SigningKey STRANGER = key(3);

    @ParameterizedTest
    @MethodSource("versions")
    void theBannedAreNotInvited(RoomVersion version) {
        TestRoom room = room(version);
        room.member(ALICE, BOB, "ban").put();

        assertDenied(room.check(invite(room, signed("{}", IDENTITY_SERVER))), version, "4.4.1.1");
    }

    @ParameterizedTest
    @MethodSource("versions")
    void wantsASignedPart(RoomVersion version) {
        TestRoom room = room(version);

        for (String invite : new String[] {"{}", "5", "{'signed':'x'}"}) {
            TestRoom.Draft draft = room.member(ALICE, BOB, "invite")
                    .content("{'membership':'invite','third_party_invite':" + invite + "}");
            assertDenied(room.check(draft), version, "4.4.1.2");
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void wantsMxidAndToken(RoomVersion version) {
        TestRoom room = room(version);

        assertDenied(room.check(invite(room, json("{'token':'t'}"))), version, "4.4.1.3");
        assertDenied(room.check(invite(room, json("{'mxid':'@bob:b.example'}"))), version, "4.4.1.3");
        assertDenied(room.check(invite(room, json("{'mxid':'@bob:b.example','token':5}"))), version, "4.4.1.3");
    }

    @ParameterizedTest
    @MethodSource("versions")
    void wantsTheTargetAsMxid(RoomVersion version) {
        TestRoom room = room(version);

        assertDenied(
                room.check(invite(room, signed("{'mxid':'" + CHARLIE + "'}", IDENTITY_SERVER))), version, "4.4.1.4");
    }

    @ParameterizedTest
    @MethodSource("versions")
    void wantsTheThirdPartyInviteInTheRoom(RoomVersion version) {
        TestRoom room = room(version);

        assertDenied(room.check(invite(room, signed("{'token':'other'}", IDENTITY_SERVER))), version, "4.4.1.5");
    }

    @ParameterizedTest
    @MethodSource("versions")
    void wantsTheSenderOfTheThirdPartyInvite(RoomVersion version) {
        TestRoom room = room(version);
        room.member(CHARLIE, CHARLIE, "join").put();
        JsonObject content = invite(room, signed("{}", IDENTITY_SERVER)).build().content();

        assertDenied(room.check(room.member(CHARLIE, BOB, "invite").content(content)), version, "4.4.1.6");
    }

    @ParameterizedTest
    @MethodSource("versions")
    void takesASignatureByAnyOfTheKeys(RoomVersion version) {
        TestRoom room = room(version);

        assertAllowed(room.check(invite(room, signed("{}", IDENTITY_SERVER))), version, "4.4.1.7");
        assertAllowed(room.check(invite(room, signed("{}", EPHEMERAL))), version, "4.4.1.7");
        assertAllowed(room.checkAgainstAuthEvents(invite(room, signed("{}", EPHEMERAL))), version, "4.4.1.7");
    }

    @ParameterizedTest
    @MethodSource("versions")
    void takesKeysInUrlSafeBase64(RoomVersion version) {
        TestRoom room = room(version);
        String urlSafe =
                IDENTITY_SERVER.verifyKey().toBase64().replace('+', '-').replace('/', '_');
        room.draft(ALICE, "m.room.third_party_invite")
                .key("t")
                .content("{'public_key':'" + urlSafe + "'}")
                .put();

        assertAllowed(room.check(invite(room, signed("{}", IDENTITY_SERVER))), version, "4.4.1.7");
    }

    @ParameterizedTest
    @MethodSource("versions")
    void refusesEveryOtherSignature(RoomVersion version) {
        TestRoom room = room(version);
        JsonObject good = signed("{}", IDENTITY_SERVER);

        assertDenied(room.check(invite(room, signed("{}", STRANGER))), version, "4.4.1.8");
        assertDenied(room.check(invite(room, good.with("display_name", "changed"))), version, "4.4.1.8");
        assertDenied(room.check(invite(room, good.without("signatures"))), version, "4.4.1.8");
        assertDenied(
                room.check(invite(room, good.with("signatures", json("{'id.example':{'ed25519:0':'AAAA'}}")))),
                version,
                "4.4.1.8");
        assertDenied(room.check(invite(room, good.with("signatures", json("{'id.example':5}")))), version, "4.4.1.8");
    }

    @ParameterizedTest
    @MethodSource("versions")
    void unreadableKeysSignNothing(RoomVersion version) {
        TestRoom room = room(version);
        room.draft(ALICE, "m.room.third_party_invite")
                .key("t")
                .content("{'public_key':'?','public_keys':[5,{},{'public_key':'AAAA'},{'public_key':5}]}")
                .put();

        assertDenied(room.check(invite(room, signed("{}", IDENTITY_SERVER))), version, "4.4.1.8");
    }

    private static TestRoom room(RoomVersion version) {
        TestRoom room = TestRoom.publicRoom(version);
        room.draft(ALICE, "m.room.third_party_invite")
                .key("t")
                .content("{'public_key':'" + IDENTITY_SERVER.verifyKey().toBase64()
                        + "','public_keys':[{'public_key':'"
                        + EPHEMERAL.verifyKey().toBase64() + "'}]}")
                .put();
        return room;
    }

    private static TestRoom.Draft invite(TestRoom room, JsonObject signed) {
        return room.member(ALICE, BOB, "invite")
                .content(JsonObject.of(
                        "membership", new JsonString("invite"), "third_party_invite", JsonObject.of("signed", signed)));
    }

    /** The signed part for Bob and token {@code t}, with some fields changed. */
    private static JsonObject signed(String changes, SigningKey key) {
        JsonObject part = json("{'mxid':'@bob:b.example','token':'t'}");
        JsonObject changed = json(changes);
        for (String name : changed.names()) {
            part = part.with(name, changed.get(name).orElseThrow());
        }
        String signature = key.signBase64(CanonicalJson.write(part));
        return part.with("signatures", json("{'id.example':{'ed25519:0':'" + signature + "'}}"));
    }

    private static SigningKey key(int fill) {
        byte[] seed = new byte[32];
        Arrays.fill(seed, (byte) fill);
        return SigningKey.fromSeed(seed, new KeyId("ed25519:0"));
    }
}
