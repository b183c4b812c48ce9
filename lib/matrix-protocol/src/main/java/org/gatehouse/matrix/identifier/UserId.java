package org.gatehouse.matrix.identifier;

import java.util.Optional;

/**
 * A user ID, {@code @localpart:server}. Historical ones are accepted, since they stand in events of every room version:
 * the local part may hold any character but a colon and NUL, and may be empty.
 *
 * @param value the wire form, at most 255 bytes of UTF-8
 */
public record UserId(String value) implements Comparable<UserId> {

    /** @throws InvalidIdentifier if the value is not a user ID */
    public UserId {
        IdentifierGrammar.requireSigil("user ID", value, '@');
        new ServerName(value.substring(IdentifierGrammar.requireColon("user ID", value) + 1));
    }

    public static Optional<UserId> tryParse(String value) {
        try {
            return Optional.of(new UserId(value));
        } catch (InvalidIdentifier notOne) {
            return Optional.empty();
        }
    }

    public String localpart() {
        return value.substring(1, value.indexOf(':'));
    }

    public ServerName serverName() {
        return new ServerName(value.substring(value.indexOf(':') + 1));
    }

    /**
     * Whether the user may be named outside of events: the local part is not empty and of visible ASCII characters only
     * (Appendices, "Historical User IDs").
     */
    public boolean isCompliant() {
        int colon = value.indexOf(':');
        for (int i = 1; i < colon; i++) {
            if (value.charAt(i) < 0x21 || value.charAt(i) > 0x7E) {
                return false;
            }
        }
        return colon > 1;
    }

    /** Whether the local part is of the characters that new users may have; such a user is also compliant. */
    public boolean isOfCurrentGrammar() {
        int colon = value.indexOf(':');
        for (int i = 1; i < colon; i++) {
            char c = value.charAt(i);
            boolean allowed = IdentifierGrammar.isDigit(c) || (c >= 'a' && c <= 'z') || "-.=_/+".indexOf(c) >= 0;
            if (!allowed) {
                return false;
            }
        }
        return colon > 1;
    }

    @Override
    public int compareTo(UserId other) {
        return CodePointOrder.compare(value, other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
