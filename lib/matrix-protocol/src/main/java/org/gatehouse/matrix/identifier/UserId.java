package org.gatehouse.matrix.identifier;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A user ID, {@code @localpart:server}. Historical ones are accepted, since they stand in events of every room version:
 * the local part may hold any character but a colon and NUL, and may be empty.
 */
public final class UserId implements Comparable<UserId> {

    private final String value;
    private final ServerName serverName;

    /**
     * @param value the wire form, at most 255 bytes of UTF-8
     * @throws InvalidIdentifier if the value is not a user ID
     */
    public UserId(String value) {
        IdentifierGrammar.requireSigil("user ID", value, '@');
        this.value = value;
        this.serverName = new ServerName(value.substring(IdentifierGrammar.requireColon("user ID", value) + 1));
    }

    public static Optional<UserId> tryParse(String value) {
        try {
            return Optional.of(new UserId(value));
        } catch (InvalidIdentifier notOne) {
            return Optional.empty();
        }
    }

    /** The wire form. */
    public String value() {
        return value;
    }

    public String localpart() {
        return value.substring(1, value.indexOf(':'));
    }

    public ServerName serverName() {
        return serverName;
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
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof UserId that && value.equals(that.value));
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return value;
    }
}
