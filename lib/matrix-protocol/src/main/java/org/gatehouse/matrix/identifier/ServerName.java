package org.gatehouse.matrix.identifier;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * A server name: a DNS name, an IPv4 address or an IPv6 address in brackets, and perhaps a port. Compared as written:
 * server names are case-sensitive.
 *
 * @param value the wire form, at most 255 characters
 */
public record ServerName(String value) implements Comparable<ServerName> {

    private static final int MAX_LENGTH = 255;
    private static final int MAX_PORT = 65_535;

    /** @throws InvalidIdentifier if the value is not a server name, or its port is 0 or above 65,535 */
    public ServerName {
        if (value.isEmpty() || value.length() > MAX_LENGTH) {
            throw new InvalidIdentifier("server name", "is empty or longer than " + MAX_LENGTH);
        }
        int end = endOfHost(value);
        requireHost(value, end);
        if (end < value.length()) {
            requirePort(value, end + 1);
        }
    }

    public static Optional<ServerName> tryParse(String value) {
        try {
            return Optional.of(new ServerName(value));
        } catch (InvalidIdentifier notOne) {
            return Optional.empty();
        }
    }

    /** The name without its port; an IPv6 address keeps its brackets. */
    public String host() {
        return value.substring(0, endOfHost(value));
    }

    public OptionalInt port() {
        int end = endOfHost(value);
        return end == value.length()
                ? OptionalInt.empty()
                : OptionalInt.of(Integer.parseInt(value, end + 1, value.length(), 10));
    }

    /** Whether the host is an IPv4 or IPv6 address rather than a DNS name. */
    public boolean isIpLiteral() {
        return value.charAt(0) == '[' || IpLiterals.isDottedQuad(host());
    }

    @Override
    public int compareTo(ServerName other) {
        return CodePointOrder.compare(value, other.value);
    }

    @Override
    public String toString() {
        return value;
    }

    private static int endOfHost(String value) {
        if (value.charAt(0) == '[') {
            int bracket = value.indexOf(']');
            if (bracket < 0) {
                throw new InvalidIdentifier("server name", "has an open bracket");
            }
            return bracket + 1;
        }
        int colon = value.indexOf(':');
        return colon < 0 ? value.length() : colon;
    }

    private static void requireHost(String value, int end) {
        boolean valid = value.charAt(0) == '['
                ? IpLiterals.isIpv6(value.substring(1, end - 1))
                : isDnsName(value, end) && IpLiterals.isNoFalseIpv4(value, end);
        if (!valid) {
            throw new InvalidIdentifier("server name", "has no valid host");
        }
    }

    private static void requirePort(String value, int from) {
        int digits = value.length() - from;
        boolean valid = value.charAt(from - 1) == ':' && digits >= 1 && digits <= 5;
        for (int i = from; valid && i < value.length(); i++) {
            valid = IdentifierGrammar.isDigit(value.charAt(i));
        }
        if (!valid) {
            throw new InvalidIdentifier("server name", "has no valid port");
        }
        int port = Integer.parseInt(value, from, value.length(), 10);
        if (port == 0 || port > MAX_PORT) {
            throw new InvalidIdentifier("server name", "has no valid port");
        }
    }

    private static boolean isDnsName(String value, int end) {
        if (end == 0 || value.charAt(end - 1) == '.' || value.charAt(0) == '.') {
            return false;
        }
        for (int i = 0; i < end; i++) {
            char c = value.charAt(i);
            if (!IdentifierGrammar.isAlphanumeric(c) && c != '-' && c != '.') {
                return false;
            }
        }
        return true;
    }
}
