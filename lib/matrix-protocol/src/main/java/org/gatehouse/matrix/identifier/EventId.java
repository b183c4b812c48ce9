package org.gatehouse.matrix.identifier;

import java.util.Optional;

/**
 * An event ID: {@code $} and a hash since room version 3, {@code $opaque:server} before. Opaque here: which form is due
 * is a matter of the room version, see {@code EventIdFormat}.
 *
 * @param value the wire form, at most 255 bytes of UTF-8
 */
public record EventId(String value) implements Comparable<EventId> {

    /** @throws InvalidIdentifier if the value does not start with {@code $} and a name, or is too long */
    public EventId {
        IdentifierGrammar.requireSigil("event ID", value, '$');
    }

    public static Optional<EventId> tryParse(String value) {
        try {
            return Optional.of(new EventId(value));
        } catch (InvalidIdentifier notOne) {
            return Optional.empty();
        }
    }

    /** The server that an ID of room versions 1 and 2 names: what follows its first colon, if that is a server name. */
    public Optional<ServerName> serverName() {
        int colon = value.indexOf(':');
        return colon < 0 ? Optional.empty() : ServerName.tryParse(value.substring(colon + 1));
    }

    /** Whether this is an ID of room version 3: 43 characters of standard base64. */
    public boolean isStandardHash() {
        return IdentifierGrammar.isStandardHash(value, 1);
    }

    /** Whether this is an ID of room version 4 or later: 43 characters of URL-safe base64. */
    public boolean isUrlSafeHash() {
        return IdentifierGrammar.isUrlSafeHash(value, 1);
    }

    @Override
    public int compareTo(EventId other) {
        return CodePointOrder.compare(value, other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
