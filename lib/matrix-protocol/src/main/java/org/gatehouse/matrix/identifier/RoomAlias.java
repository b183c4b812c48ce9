package org.gatehouse.matrix.identifier;

import java.util.Optional;

/**
 * A room alias, {@code #localpart:server}.
 *
 * @param value the wire form, at most 255 bytes of UTF-8
 */
public record RoomAlias(String value) implements Comparable<RoomAlias> {

    /** @throws InvalidIdentifier if the value is not a room alias */
    public RoomAlias {
        IdentifierGrammar.requireSigil("room alias", value, '#');
        new ServerName(value.substring(IdentifierGrammar.requireColon("room alias", value) + 1));
    }

    public static Optional<RoomAlias> tryParse(String value) {
        try {
            return Optional.of(new RoomAlias(value));
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

    @Override
    public int compareTo(RoomAlias other) {
        return CodePointOrder.compare(value, other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
