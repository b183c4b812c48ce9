package org.gatehouse.matrix.identifier;

import java.util.Optional;

/**
 * An event ID: {@code $} and a hash since room version 3, {@code $opaque:server} before. Opaque here: which form is due
 * is a matter of the room version.
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

    @Override
    public int compareTo(EventId other) {
        return CodePointOrder.compare(value, other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
