package org.gatehouse.matrix.identifier;

import java.util.Optional;

/**
 * The ID of a signing key, {@code algorithm:version}, for example {@code ed25519:auto}.
 *
 * @param value the wire form; the version is of letters, digits and underscores, the whole at most 255 characters
 */
public record KeyId(String value) implements Comparable<KeyId> {

    public static final String ED25519 = "ed25519";

    private static final int MAX_LENGTH = 255;

    /** @throws InvalidIdentifier if the value is not a key ID */
    public KeyId {
        int colon = value.indexOf(':');
        if (colon < 1 || colon == value.length() - 1 || value.length() > MAX_LENGTH) {
            throw new InvalidIdentifier("key ID", "is not algorithm:version");
        }
        for (int i = 0; i < value.length(); i++) {
            if (i != colon && !IdentifierGrammar.isAlphanumeric(value.charAt(i)) && value.charAt(i) != '_') {
                throw new InvalidIdentifier("key ID", "holds a character that is not a letter, digit or underscore");
            }
        }
    }

    public static Optional<KeyId> tryParse(String value) {
        try {
            return Optional.of(new KeyId(value));
        } catch (InvalidIdentifier notOne) {
            return Optional.empty();
        }
    }

    public String algorithm() {
        return value.substring(0, value.indexOf(':'));
    }

    public String version() {
        return value.substring(value.indexOf(':') + 1);
    }

    public boolean isEd25519() {
        return value.startsWith(ED25519 + ":");
    }

    @Override
    public int compareTo(KeyId other) {
        return CodePointOrder.compare(value, other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
