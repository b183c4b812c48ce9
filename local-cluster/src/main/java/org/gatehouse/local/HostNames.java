package org.gatehouse.local;

import java.util.regex.Pattern;

/** Hosts as they stand in server names and in certificates. */
final class HostNames {
    private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");

    private HostNames() {}

    /** The host of HOST, HOST:PORT or [IPV6]:PORT. */
    static String hostOf(String serverName) {
        if (serverName.startsWith("[")) {
            return serverName.substring(1, serverName.indexOf(']'));
        }
        int colon = serverName.lastIndexOf(':');
        return colon < 0 ? serverName : serverName.substring(0, colon);
    }

    static boolean isIpLiteral(String host) {
        return IPV4.matcher(host).matches() || host.contains(":");
    }

    static boolean isWildcard(String address) {
        return address.equals("0.0.0.0") || address.equals("::");
    }

    /** The host as it stands in a URL. */
    static String inUrl(String host) {
        return host.contains(":") ? "[" + host + "]" : host;
    }
}
