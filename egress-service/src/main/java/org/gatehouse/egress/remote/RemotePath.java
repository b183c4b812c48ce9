package org.gatehouse.egress.remote;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Path and query of a request, each part encoded; sent and signed exactly so. */
public final class RemotePath {

    private static final String PREFIX = "/_matrix/federation/";

    private final StringBuilder uri;
    private char separator = '?';

    private RemotePath(String start) {
        this.uri = new StringBuilder(start);
    }

    /**
     * @param endpoint such as {@code v2/send_join}
     * @param segments what follows, not encoded
     */
    public static RemotePath of(String endpoint, Object... segments) {
        RemotePath path = new RemotePath(PREFIX + endpoint);
        for (Object segment : segments) {
            path.uri.append('/').append(encoded(segment.toString()));
        }
        return path;
    }

    /** Where policy servers are asked. */
    public static RemotePath policySign() {
        return new RemotePath("/_matrix/policy/v1/sign");
    }

    public RemotePath query(String name, Object value) {
        uri.append(separator).append(encoded(name)).append('=').append(encoded(value.toString()));
        separator = '&';
        return this;
    }

    String uri() {
        return uri.toString();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
