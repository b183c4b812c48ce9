package org.gatehouse.matrix.identifier;

/** The forms of IP addresses in server names: dotted quads, and IPv6 by RFC 3513, section 2.2. */
final class IpLiterals {

    private static final int MAX_IPV6_LENGTH = 45;
    private static final int GROUPS = 8;

    private IpLiterals() {}

    /** Whether the text is four numbers of one to three digits between dots. */
    static boolean isDottedQuad(String text) {
        int parts = 1;
        int digits = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (IdentifierGrammar.isDigit(c) && digits < 3) {
                digits++;
            } else if (c == '.' && digits > 0) {
                parts++;
                digits = 0;
            } else {
                return false;
            }
        }
        return parts == 4 && digits > 0;
    }

    /** Whether a host, up to the given end, is an IPv4 address or does not look like one, with a number above 255. */
    static boolean isNoFalseIpv4(String value, int end) {
        return !IdentifierGrammar.isDigit(value.charAt(0)) || isNoFalseIpv4(value.substring(0, end));
    }

    private static boolean isNoFalseIpv4(String text) {
        if (!isDottedQuad(text)) {
            return true;
        }
        int number = 0;
        for (int i = 0; i < text.length(); i++) {
            number = text.charAt(i) == '.' ? 0 : number * 10 + text.charAt(i) - '0';
            if (number > 255) {
                return false;
            }
        }
        return true;
    }

    /** Whether the text, without its brackets, is an IPv6 address; the last two groups may be a dotted quad. */
    static boolean isIpv6(String text) {
        if (text.length() > MAX_IPV6_LENGTH) {
            return false;
        }
        int gap = text.indexOf("::");
        if (gap < 0) {
            return groups(text, true) == GROUPS;
        }
        int before = gap == 0 ? 0 : groups(text.substring(0, gap), false);
        int after = gap + 2 == text.length() ? 0 : groups(text.substring(gap + 2), true);
        return before >= 0 && after >= 0 && before + after < GROUPS;
    }

    /** How many groups of 16 bits the text holds between single colons, or -1 if it holds anything else. */
    private static int groups(String text, boolean mayEndInIpv4) {
        int count = 0;
        int from = 0;
        while (true) {
            int colon = text.indexOf(':', from);
            String group = colon < 0 ? text.substring(from) : text.substring(from, colon);
            if (colon < 0 && mayEndInIpv4 && isDottedQuad(group) && isNoFalseIpv4(group)) {
                return count + 2;
            }
            if (!isHexGroup(group)) {
                return -1;
            }
            count++;
            if (colon < 0) {
                return count;
            }
            from = colon + 1;
        }
    }

    private static boolean isHexGroup(String group) {
        if (group.isEmpty() || group.length() > 4) {
            return false;
        }
        for (int i = 0; i < group.length(); i++) {
            if (Character.digit(group.charAt(i), 16) < 0 || group.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }
}
