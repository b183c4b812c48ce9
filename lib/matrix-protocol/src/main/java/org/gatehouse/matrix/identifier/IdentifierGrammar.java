package org.gatehouse.matrix.identifier;

/** The checks that several identifiers share. */
final class IdentifierGrammar {

    /** The longest user, room or event ID or alias, in bytes of UTF-8, sigil and server name included. */
    static final int MAX_BYTES = 255;

    /** A SHA-256 in unpadded base64. */
    private static final int HASH_LENGTH = 43;

    private IdentifierGrammar() {}

    /** Checks the sigil, the length in bytes, and that the text can be written as UTF-8 and holds no NUL. */
    static void requireSigil(String kind, String value, char sigil) {
        if (value.length() < 2 || value.charAt(0) != sigil) {
            throw new InvalidIdentifier(kind, "does not start with " + sigil + " and a name");
        }
        int bytes = 0;
        for (int i = 0; i < value.length(); i++) {
            char unit = value.charAt(i);
            if (unit == 0) {
                throw new InvalidIdentifier(kind, "holds a NUL");
            }
            if (!Character.isSurrogate(unit)) {
                bytes += unit < 0x80 ? 1 : unit < 0x800 ? 2 : 3;
            } else if (Character.isHighSurrogate(unit)
                    && i + 1 < value.length()
                    && Character.isLowSurrogate(value.charAt(i + 1))) {
                bytes += 4;
                i++;
            } else {
                throw new InvalidIdentifier(kind, "holds half a surrogate pair");
            }
        }
        if (bytes > MAX_BYTES) {
            throw new InvalidIdentifier(kind, "is longer than " + MAX_BYTES + " bytes");
        }
    }

    /** The index of the colon between local part and server name. */
    static int requireColon(String kind, String value) {
        int colon = value.indexOf(':');
        if (colon < 0) {
            throw new InvalidIdentifier(kind, "names no server");
        }
        return colon;
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    static boolean isAlphanumeric(char c) {
        return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    /** Whether text from the given index on is an unpadded URL-safe base64 SHA-256: 43 characters. */
    static boolean isUrlSafeHash(String value, int from) {
        return isHash(value, from, '-', '_');
    }

    /** As {@link #isUrlSafeHash}, in the standard alphabet. */
    static boolean isStandardHash(String value, int from) {
        return isHash(value, from, '+', '/');
    }

    private static boolean isHash(String value, int from, char sixtyThird, char sixtyFourth) {
        if (value.length() - from != HASH_LENGTH) {
            return false;
        }
        for (int i = from; i < value.length(); i++) {
            char c = value.charAt(i);
            if (!isAlphanumeric(c) && c != sixtyThird && c != sixtyFourth) {
                return false;
            }
        }
        return true;
    }
}
