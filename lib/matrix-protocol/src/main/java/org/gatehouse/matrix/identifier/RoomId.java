package org.gatehouse.matrix.identifier;

import java.util.Optional;

/**
 * A room ID: {@code !opaque:server}, or since room version 12 {@code !} and the 43 characters of the create event's
 * hash. The server in it routes nothing; it only says where the room was made.
 *
 * @param value the wire form, at most 255 bytes of UTF-8
 */
public record RoomId(String value) implements Comparable<RoomId> {

    /** @throws InvalidIdentifier if the value is of neither form */
    public RoomId {
        IdentifierGrammar.requireSigil("room ID", value, '!');
        if (!IdentifierGrammar.isUrlSafeHash(value, 1)) {
            new ServerName(value.substring(IdentifierGrammar.requireColon("room ID", value) + 1));
        }
    }

    public static Optional<RoomId> tryParse(String value) {
        try {
            return Optional.of(new RoomId(value));
        } catch (InvalidIdentifier notOne) {
            return Optional.empty();
        }
    }

    /** The room ID that a create event of room version 12 or later defines: its event ID with the other sigil. */
    public static RoomId ofCreateEvent(EventId create) {
        return new RoomId("!" + create.value().substring(1));
    }

    /** Whether this is the hash of a create event and names no server. */
    public boolean isCreateHash() {
        return value.indexOf(':') < 0;
    }

    /** The create event that a room ID of the hash form names. */
    public Optional<EventId> createEvent() {
        return isCreateHash() ? Optional.of(new EventId("$" + value.substring(1))) : Optional.empty();
    }

    public Optional<ServerName> serverName() {
        return isCreateHash() ? Optional.empty() : Optional.of(new ServerName(value.substring(value.indexOf(':') + 1)));
    }

    @Override
    public int compareTo(RoomId other) {
        return CodePointOrder.compare(value, other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
