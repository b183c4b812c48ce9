package org.gatehouse.egress.connection;

import java.time.Duration;
import java.util.Map;
import org.gatehouse.egress.discovery.ServerRoute;
import org.jspecify.annotations.Nullable;

/** One request to one server, with its limits. */
public final class HttpCall {

    private final ServerRoute route;
    private final String method;
    private final String uri;
    private final Map<String, String> headers;
    private final byte @Nullable [] body;
    private final int maxAnswerBytes;
    private final Duration deadline;

    /**
     * @param uri path and query, sent exactly as written
     * @param headers besides Host
     * @param body sent with a Content-Type of application/json; null sends none
     * @param maxAnswerBytes an answer with a longer body is given up
     * @param deadline of the whole exchange, from the first look-up to the last byte
     */
    public HttpCall(
            ServerRoute route,
            String method,
            String uri,
            Map<String, String> headers,
            byte @Nullable [] body,
            int maxAnswerBytes,
            Duration deadline) {
        this.route = route;
        this.method = method;
        this.uri = uri;
        this.headers = Map.copyOf(headers);
        this.body = body;
        this.maxAnswerBytes = maxAnswerBytes;
        this.deadline = deadline;
    }

    ServerRoute route() {
        return route;
    }

    String method() {
        return method;
    }

    String uri() {
        return uri;
    }

    Map<String, String> headers() {
        return headers;
    }

    byte @Nullable [] body() {
        return body;
    }

    int maxAnswerBytes() {
        return maxAnswerBytes;
    }

    Duration deadline() {
        return deadline;
    }

    /** The URL, for logs; nothing of headers and body. */
    @Override
    public String toString() {
        return "https://" + route.hostHeader() + uri;
    }
}
