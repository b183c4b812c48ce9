package org.gatehouse.matrix.signing;

import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.gatehouse.matrix.event.UnpaddedBase64;
import org.jspecify.annotations.Nullable;

/** A public Ed25519 key, decoded once; keep it where many signatures are checked. */
public final class VerifyKey {

    /** The length of a key in bytes. */
    public static final int KEY_LENGTH = 32;

    /** The length of a signature in bytes. */
    public static final int SIGNATURE_LENGTH = 64;

    private final byte[] encoded;
    private final Ed25519PublicKeyParameters point;

    private VerifyKey(byte[] encoded, Ed25519PublicKeyParameters point) {
        this.encoded = encoded;
        this.point = point;
    }

    /**
     * The key of these bytes.
     *
     * @throws InvalidKey if they are not 32, not a point, not its canonical encoding, or a point of small order
     */
    public static VerifyKey of(byte[] bytes) {
        if (bytes.length != KEY_LENGTH) {
            throw new InvalidKey("not " + KEY_LENGTH + " bytes");
        }
        try {
            return new VerifyKey(bytes.clone(), new Ed25519PublicKeyParameters(bytes));
        } catch (IllegalArgumentException refused) {
            throw new InvalidKey("not a usable point of the curve");
        }
    }

    /**
     * The key in standard base64.
     *
     * @throws InvalidKey if the text is not that of a key that {@link #of} takes
     */
    public static VerifyKey fromBase64(String text) {
        return of(UnpaddedBase64.decode(text).orElseThrow(() -> new InvalidKey("not base64")));
    }

    public static Optional<VerifyKey> tryFromBase64(String text) {
        try {
            return Optional.of(fromBase64(text));
        } catch (InvalidKey notOne) {
            return Optional.empty();
        }
    }

    /** Whether the signature is this key's over the message. False for anything that is not a signature; never throws. */
    public boolean verify(byte[] message, byte[] signature) {
        if (signature.length != SIGNATURE_LENGTH) {
            return false;
        }
        try {
            return point.verify(Ed25519.Algorithm.Ed25519, null, message, 0, message.length, signature, 0);
        } catch (RuntimeException malformedSignature) {
            return false;
        }
    }

    /** As {@link #verify(byte[], byte[])}, for a signature in base64. */
    public boolean verify(byte[] message, String signature) {
        return UnpaddedBase64.decode(signature)
                .map(bytes -> verify(message, bytes))
                .orElse(false);
    }

    public byte[] bytes() {
        return encoded.clone();
    }

    public String toBase64() {
        return UnpaddedBase64.encode(encoded);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof VerifyKey that && Arrays.equals(that.encoded, encoded);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(encoded);
    }

    @Override
    public String toString() {
        return toBase64();
    }
}
