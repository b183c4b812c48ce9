package org.gatehouse.matrix.authrule;

import static org.gatehouse.matrix.authrule.TestRoom.ALICE;
import static org.gatehouse.matrix.authrule.TestRoom.BOB;
import static org.gatehouse.matrix.authrule.TestRoom.json;

import java.util.Arrays;
import org.gatehouse.matrix.canonicaljson.CanonicalJson;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.JsonString;
import org.gatehouse.matrix.identifier.KeyId;
import org.gatehouse.matrix.signing.SigningKey;

/** Alice's third-party invite with token {@code t}, two keys that may redeem it, and one that may not. */
public final class ThirdPartyInvites {
    public static final SigningKey IDENTITY_SERVER = key(1);
    public static final SigningKey EPHEMERAL = key(2);
    public static final SigningKey STRANGER = key(3);

    private ThirdPartyInvites() {}

    public static TestRoom in(TestRoom room) {
        room.draft(ALICE, "m.room.third_party_invite")
                .key("t")
                .content("{'public_key':'" + IDENTITY_SERVER.verifyKey().toBase64()
                        + "','public_keys':[{'public_key':'"
                        + EPHEMERAL.verifyKey().toBase64() + "'}]}")
                .put();
        return room;
    }

    /** Alice's invite of Bob with this signed part. */
    public static TestRoom.Draft redeem(TestRoom room, JsonObject signed) {
        return room.member(ALICE, BOB, "invite")
                .content(JsonObject.of(
                        "membership", new JsonString("invite"), "third_party_invite", JsonObject.of("signed", signed)));
    }

    /** The signed part for Bob and token {@code t}, with some fields changed. */
    public static JsonObject signed(String changes, SigningKey key) {
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
