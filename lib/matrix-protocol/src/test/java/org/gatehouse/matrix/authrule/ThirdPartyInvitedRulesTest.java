package org.gatehouse.matrix.authrule;

import static org.gatehouse.matrix.authrule.TestRoom.ALICE;
import static org.gatehouse.matrix.authrule.TestRoom.BOB;
import static org.gatehouse.matrix.authrule.TestRoom.CHARLIE;
import static org.gatehouse.matrix.authrule.TestRoom.json;
import static org.gatehouse.matrix.authrule.ThirdPartyInvites.EPHEMERAL;
import static org.gatehouse.matrix.authrule.ThirdPartyInvites.IDENTITY_SERVER;
import static org.gatehouse.matrix.authrule.ThirdPartyInvites.STRANGER;
import static org.gatehouse.matrix.authrule.ThirdPartyInvites.redeem;
import static org.gatehouse.matrix.authrule.ThirdPartyInvites.signed;

import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.roomversion.RoomVersion;
import org.gatehouse.matrix.roomversion.RoomVersions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rule 4.4.1 of version 11, by its numbers there. */
class ThirdPartyInvitedRulesTest extends RuleTest {
    @ParameterizedTest
    @MethodSource("versions")
    void theBannedAreNotInvited(RoomVersion version) {
        TestRoom room = ThirdPartyInvites.in(TestRoom.publicRoom(version));
        room.member(ALICE, BOB, "ban").put();

        assertDenied(room.check(redeem(room, signed("{}", IDENTITY_SERVER))), version, "4.4.1.1");
    }

    @ParameterizedTest
    @MethodSource("versions")
    void wantsASignedPart(RoomVersion version) {
        TestRoom room = ThirdPartyInvites.in(TestRoom.publicRoom(version));

        for (String invite : new String[] {"{}", "5", "{'signed':'x'}"}) {
            TestRoom.Draft draft = room.member(ALICE, BOB, "invite")
                    .content("{'membership':'invite','third_party_invite':" + invite + "}");
            assertDenied(room.check(draft), version, "4.4.1.2");
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void wantsMxidAndToken(RoomVersion version) {
        TestRoom room = ThirdPartyInvites.in(TestRoom.publicRoom(version));

        assertDenied(room.check(redeem(room, json("{'token':'t'}"))), version, "4.4.1.3");
        assertDenied(room.check(redeem(room, json("{'mxid':'@bob:b.example'}"))), version, "4.4.1.3");
        assertDenied(room.check(redeem(room, json("{'mxid':'@bob:b.example','token':5}"))), version, "4.4.1.3");
    }

    @ParameterizedTest
    @MethodSource("versions")
    void wantsTheTargetAsMxid(RoomVersion version) {
        TestRoom room = ThirdPartyInvites.in(TestRoom.publicRoom(version));

        assertDenied(
                room.check(redeem(room, signed("{'mxid':'" + CHARLIE + "'}", IDENTITY_SERVER))), version, "4.4.1.4");
    }

    @ParameterizedTest
    @MethodSource("versions")
    void wantsTheThirdPartyInviteInTheRoom(RoomVersion version) {
        TestRoom room = ThirdPartyInvites.in(TestRoom.publicRoom(version));

        assertDenied(room.check(redeem(room, signed("{'token':'other'}", IDENTITY_SERVER))), version, "4.4.1.5");
    }

    @ParameterizedTest
    @MethodSource("versions")
    void wantsTheSenderOfTheThirdPartyInvite(RoomVersion version) {
        TestRoom room = ThirdPartyInvites.in(TestRoom.publicRoom(version));
        room.member(CHARLIE, CHARLIE, "join").put();
        JsonObject content = redeem(room, signed("{}", IDENTITY_SERVER)).build().content();

        assertDenied(room.check(room.member(CHARLIE, BOB, "invite").content(content)), version, "4.4.1.6");
    }

    @ParameterizedTest
    @MethodSource("versions")
    void takesASignatureByAnyOfTheKeys(RoomVersion version) {
        TestRoom room = ThirdPartyInvites.in(TestRoom.publicRoom(version));

        assertAllowed(room.check(redeem(room, signed("{}", IDENTITY_SERVER))), version, "4.4.1.7");
        assertAllowed(room.check(redeem(room, signed("{}", EPHEMERAL))), version, "4.4.1.7");
        assertAllowed(room.checkAgainstAuthEvents(redeem(room, signed("{}", EPHEMERAL))), version, "4.4.1.7");
    }

    @ParameterizedTest
    @MethodSource("versions")
    void takesKeysInUrlSafeBase64(RoomVersion version) {
        TestRoom room = ThirdPartyInvites.in(TestRoom.publicRoom(version));
        String urlSafe =
                IDENTITY_SERVER.verifyKey().toBase64().replace('+', '-').replace('/', '_');
        room.draft(ALICE, "m.room.third_party_invite")
                .key("t")
                .content("{'public_key':'" + urlSafe + "'}")
                .put();

        assertAllowed(room.check(redeem(room, signed("{}", IDENTITY_SERVER))), version, "4.4.1.7");
    }

    @ParameterizedTest
    @MethodSource("versions")
    void refusesEveryOtherSignature(RoomVersion version) {
        TestRoom room = ThirdPartyInvites.in(TestRoom.publicRoom(version));
        JsonObject good = signed("{}", IDENTITY_SERVER);

        assertDenied(room.check(redeem(room, signed("{}", STRANGER))), version, "4.4.1.8");
        assertDenied(room.check(redeem(room, good.with("display_name", "changed"))), version, "4.4.1.8");
        assertDenied(room.check(redeem(room, good.without("signatures"))), version, "4.4.1.8");
        assertDenied(
                room.check(redeem(room, good.with("signatures", json("{'id.example':{'ed25519:0':'AAAA'}}")))),
                version,
                "4.4.1.8");
        assertDenied(room.check(redeem(room, good.with("signatures", json("{'id.example':5}")))), version, "4.4.1.8");
    }

    @ParameterizedTest
    @MethodSource("versions")
    void unreadableKeysSignNothing(RoomVersion version) {
        TestRoom room = ThirdPartyInvites.in(TestRoom.publicRoom(version));
        room.draft(ALICE, "m.room.third_party_invite")
                .key("t")
                .content("{'public_key':'?','public_keys':[5,{},{'public_key':'AAAA'},{'public_key':5}]}")
                .put();

        assertDenied(room.check(redeem(room, signed("{}", IDENTITY_SERVER))), version, "4.4.1.8");
    }

    /** An event has room for more signatures and keys than anyone wants to try: 1,024 pairs are tried. */
    @Test
    void triesNoMoreThanAnHonestInviteNeeds() {
        TestRoom room = ThirdPartyInvites.in(TestRoom.publicRoom(RoomVersions.V11));
        room.draft(ALICE, "m.room.third_party_invite")
                .key("t")
                .content("{'public_key':'" + IDENTITY_SERVER.verifyKey().toBase64() + "'}")
                .put();

        assertAllowed(room.check(redeem(room, lastSignedAfter(1023))), RoomVersions.V11, "4.4.1.7");
        assertDenied(room.check(redeem(room, lastSignedAfter(1024))), RoomVersions.V11, "4.4.1.8");
    }

    /** The true signature behind so many that are none. */
    private static JsonObject lastSignedAfter(int others) {
        JsonObject good = signed("{}", IDENTITY_SERVER);
        JsonObject.Builder signatures = JsonObject.builder();
        for (int i = 0; i < others; i++) {
            signatures.put("ed25519:a" + i, "AAAA");
        }
        signatures.put(
                "ed25519:z",
                good.object("signatures")
                        .flatMap(byServer -> byServer.object("id.example"))
                        .flatMap(byKey -> byKey.string("ed25519:0"))
                        .orElseThrow());
        return good.with("signatures", JsonObject.of("id.example", signatures.build()));
    }
}
