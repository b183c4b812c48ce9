package org.gatehouse.matrix.signing;

import java.security.SecureRandom;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.gatehouse.matrix.event.UnpaddedBase64;
import org.gatehouse.matrix.identifier.KeyId;

/** A private Ed25519 key of ours and its ID. It never shows itself: {@code toString()} names only the ID. */
public final class SigningKey {

    private final KeyId id;
    private final Ed25519PrivateKeyParameters seed;
    private final VerifyKey verifyKey;

    private SigningKey(KeyId id, Ed25519PrivateKeyParameters seed) {
        this.id = id;
        this.seed = seed;
        this.verifyKey = VerifyKey.of(seed.generatePublicKey().getEncoded());
    }

    public static SigningKey generate(SecureRandom random, KeyId id) {
        return new SigningKey(id, new Ed25519PrivateKeyParameters(random));
    }

    /**
     * The key that a seed makes.
     *
     * @throws InvalidKey if the seed is not of 32 bytes
     */
    public static SigningKey fromSeed(byte[] seed, KeyId id) {
        if (seed.length != Ed25519.SECRET_KEY_SIZE) {
            throw new InvalidKey("a seed is not " + Ed25519.SECRET_KEY_SIZE + " bytes");
        }
        return new SigningKey(id, new Ed25519PrivateKeyParameters(seed));
    }

    /**
     * The key that a seed in base64 makes.
     *
     * @throws InvalidKey if the text is not base64 of 32 bytes
     */
    public static SigningKey fromSeedBase64(String seed, KeyId id) {
        return fromSeed(UnpaddedBase64.decode(seed).orElseThrow(() -> new InvalidKey("not base64")), id);
    }

    public KeyId id() {
        return id;
    }

    /** The seed, for the store that keeps it. A secret. */
    public String seedBase64() {
        return UnpaddedBase64.encode(seed.getEncoded());
    }

    public VerifyKey verifyKey() {
        return verifyKey;
    }

    /** The signature over the message, 64 bytes. */
    public byte[] sign(byte[] message) {
        byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
        seed.sign(Ed25519.Algorithm.Ed25519, null, message, 0, message.length, signature, 0);
        return signature;
    }

    /** The signature over the message, in unpadded base64. */
    public String signBase64(byte[] message) {
        return UnpaddedBase64.encode(sign(message));
    }

    @Override
    public String toString() {
        return "SigningKey[" + id + ", seed=[REDACTED]]";
    }
}
