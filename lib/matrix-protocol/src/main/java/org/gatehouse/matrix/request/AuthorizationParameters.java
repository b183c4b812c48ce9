package org.gatehouse.matrix.request;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The parameters of an X-Matrix header by RFC 9110, section 11.4, read in one pass: names in any case and order, values
 * as tokens or quoted strings, optional white space around commas and equal signs, empty list elements. Beyond the RFC,
 * an unquoted value may hold whatever is neither white space, comma nor quote: older servers do not quote colons.
 */
final class AuthorizationParameters {

    private static final String SCHEME = "X-Matrix";
    private static final int MAX_HEADER_LENGTH = 16_384;

    private final Map<String, String> byName = new TreeMap<>();
    private final String header;
    private int at;

    private AuthorizationParameters(String header) {
        this.header = header;
        this.at = SCHEME.length();
    }

    static boolean isXMatrix(String header) {
        return header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                && (header.length() == SCHEME.length() || isBlank(header.charAt(SCHEME.length())));
    }

    /** @throws MalformedAuthorization if the parameters cannot be read or one comes twice */
    static AuthorizationParameters parse(String header) {
        if (header.length() > MAX_HEADER_LENGTH) {
            throw new MalformedAuthorization("header too long");
        }
        AuthorizationParameters parameters = new AuthorizationParameters(header);
        parameters.readAll();
        return parameters;
    }

    /** @param name in lower case */
    Optional<String> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    String require(String name) {
        return find(name).orElseThrow(() -> new MalformedAuthorization(name + " missing"));
    }

    private void readAll() {
        skipEmptyElements();
        while (at < header.length()) {
            readOne();
            skipBlanks();
            if (at < header.length() && header.charAt(at) != ',') {
                throw new MalformedAuthorization("a comma expected");
            }
            skipEmptyElements();
        }
    }

    private void readOne() {
        String name = name();
        skipBlanks();
        if (at == header.length() || header.charAt(at) != '=') {
            throw new MalformedAuthorization("an equal sign expected");
        }
        at++;
        skipBlanks();
        String value = at < header.length() && header.charAt(at) == '"' ? quoted() : unquoted();
        if (byName.put(name, value) != null) {
            throw new MalformedAuthorization("a parameter comes twice");
        }
    }

    private String name() {
        int start = at;
        while (at < header.length() && isTokenCharacter(header.charAt(at))) {
            at++;
        }
        if (at == start) {
            throw new MalformedAuthorization("a parameter name expected");
        }
        return header.substring(start, at).toLowerCase(Locale.ROOT);
    }

    private String quoted() {
        StringBuilder value = new StringBuilder();
        at++;
        while (at < header.length() && header.charAt(at) != '"') {
            if (header.charAt(at) == '\\') {
                at++;
            }
            if (at < header.length()) {
                value.append(header.charAt(at++));
            }
        }
        if (at >= header.length()) {
            throw new MalformedAuthorization("an open quote");
        }
        at++;
        return value.toString();
    }

    private String unquoted() {
        int start = at;
        while (at < header.length()
                && !isBlank(header.charAt(at))
                && header.charAt(at) != ','
                && header.charAt(at) != '"') {
            at++;
        }
        if (at == start) {
            throw new MalformedAuthorization("a value expected");
        }
        return header.substring(start, at);
    }

    private void skipEmptyElements() {
        while (at < header.length() && (isBlank(header.charAt(at)) || header.charAt(at) == ',')) {
            at++;
        }
    }

    private void skipBlanks() {
        while (at < header.length() && isBlank(header.charAt(at))) {
            at++;
        }
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    private static boolean isTokenCharacter(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
    }
}
