package org.gatehouse.matrix.event;

import java.util.Base64;
import java.util.Optional;

/** Base64 as Matrix writes it, without padding; padding is tolerated when reading (Appendices, "Unpadded Base64"). */
public final class UnpaddedBase64 {

    private static final Base64.Encoder STANDARD = Base64.getEncoder().withoutPadding();
    private static final Base64.Encoder URL_SAFE = Base64.getUrlEncoder().withoutPadding();

    private UnpaddedBase64() {}

    public static String encode(byte[] bytes) {
        return STANDARD.encodeToString(bytes);
    }

    public static String encodeUrlSafe(byte[] bytes) {
        return URL_SAFE.encodeToString(bytes);
    }

    /** The bytes, if the text is of the standard alphabet. Bits left over in the last character are ignored. */
    public static Optional<byte[]> decode(String text) {
        return decode(Base64.getDecoder(), text);
    }

    public static Optional<byte[]> decodeUrlSafe(String text) {
        return decode(Base64.getUrlDecoder(), text);
    }

    private static Optional<byte[]> decode(Base64.Decoder decoder, String text) {
        try {
            return Optional.of(decoder.decode(text));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }
}
