package org.gatehouse.matrix.identifier;

import java.util.Optional;

/**
 * A room ID: {@code !opaque:server}, or since room version 12 the create event's ID with the sigil {@code !}, which names
 * no server. Which form is due is a matter of the room version. The server in it routes nothing; it only says where the
 * room was made.
 *
 * @param value the wire form, at most 255 bytes of UTF-8
 */
public record RoomId(String value) implements Comparable<RoomId> {

    /** @throws InvalidIdentifier if the value does not start with {@code !} and a name, is too long, or names an invalid server */
    public RoomId {
        IdentifierGrammar.requireSigil("room ID", value, '!');
        int colon = value.indexOf(':');
        if (colon >= 0) {
            new ServerName(value.substring(colon + 1));
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

    /** Whether this has the form of a create event's hash: 43 characters of URL-safe base64. */
    public boolean isCreateHash() {
        return IdentifierGrammar.isUrlSafeHash(value, 1);
    }

    /** The create event that a room ID without a server name names. */
    public Optional<EventId> createEvent() {
        return value.indexOf(':') < 0 ? Optional.of(new EventId("$" + value.substring(1))) : Optional.empty();
    }

    /** Whether {@link #createEvent()} is this event. */
    public boolean isMadeBy(EventId create) {
        String eventId = create.value();
        return value.length() == eventId.length()
                && value.regionMatches(1, eventId, 1, value.length() - 1)
                && value.indexOf(':') < 0;
    }

    public Optional<ServerName> serverName() {
        int colon = value.indexOf(':');
        return colon < 0 ? Optional.empty() : Optional.of(new ServerName(value.substring(colon + 1)));
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
