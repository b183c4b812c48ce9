package org.gatehouse.runtime.internal;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.gatehouse.matrix.canonicaljson.CanonicalJson;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.jspecify.annotations.Nullable;

/** One call, ready to be sent: the operation with its path filled in, query, headers, body and deadline. */
public final class InternalCall {

    private static final Duration DEFAULT_DEADLINE = Duration.ofSeconds(20);

    private final InternalOperation operation;
    private final String method;
    private final String path;
    private final Map<String, String> query = new LinkedHashMap<>();
    private final Map<String, String> headers = new LinkedHashMap<>();
    private String rawQuery = "";
    private byte @Nullable [] body;
    private Duration deadline = DEFAULT_DEADLINE;

    private InternalCall(InternalOperation operation, String method, String path) {
        this.operation = operation;
        this.method = method;
        this.path = path;
    }

    /**
     * A call of an operation that has one route.
     *
     * @param pathValues the values of the path's names, in their order, not encoded
     */
    public static InternalCall to(InternalOperation operation, String... pathValues) {
        if (operation.routes().size() != 1) {
            throw new IllegalArgumentException(operation + " has several routes: use forward");
        }
        return to(operation, operation.routes().get(0), pathValues);
    }

    /** A call of one of the operation's routes. */
    public static InternalCall to(InternalOperation operation, InternalOperation.Route route, String... pathValues) {
        StringBuilder path = new StringBuilder();
        int used = 0;
        for (String segment : route.path().substring(1).split("/", -1)) {
            path.append('/');
            if (!segment.startsWith("{")) {
                path.append(segment);
            } else if (used < pathValues.length) {
                path.append(encode(pathValues[used++]));
            } else {
                throw new IllegalArgumentException("no value for " + segment + " of " + operation);
            }
        }
        if (used != pathValues.length) {
            throw new IllegalArgumentException("too many values for the path of " + operation);
        }
        return new InternalCall(operation, route.method(), path.toString());
    }

    /** The call with named path values, as {@link InternalClient#call} takes them. */
    static InternalCall to(InternalOperation operation, Map<String, String> pathValues) {
        String template = operation.routes().get(0).path();
        String[] values = Arrays.stream(template.split("/", -1))
                .filter(segment -> segment.startsWith("{"))
                .map(segment -> segment.substring(1, segment.length() - 1))
                .map(name -> {
                    String value = pathValues.get(name);
                    if (value == null) {
                        throw new IllegalArgumentException("no value for {" + name + "} of " + operation);
                    }
                    return value;
                })
                .toArray(String[]::new);
        return to(operation, values);
    }

    /**
     * Forwards a request of the outside to one of the operation's routes.
     *
     * @param method as it came
     * @param encodedPath beginning with {@code /internal/}, encoded as it came
     * @param rawQuery without the question mark, may be empty or null
     */
    public static InternalCall forward(
            InternalOperation operation, String method, String encodedPath, @Nullable String rawQuery) {
        boolean known = operation.routes().stream()
                .anyMatch(route -> route.method().equals(method) && matches(route.path(), encodedPath));
        if (!known) {
            throw new IllegalArgumentException(method + " " + encodedPath + " is no route of " + operation);
        }
        InternalCall call = new InternalCall(operation, method, encodedPath);
        call.rawQuery = rawQuery == null ? "" : rawQuery;
        return call;
    }

    public InternalCall query(String name, String value) {
        query.put(name, value);
        return this;
    }

    public InternalCall header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    /** The verified peer on whose behalf ingress calls, and the hosted name that it addressed. */
    public InternalCall onBehalfOf(String origin, String destination) {
        return header("X-Gatehouse-Origin", origin).header("X-Gatehouse-Destination", destination);
    }

    public InternalCall body(JsonObject json) {
        return body(CanonicalJson.write(json));
    }

    /** The body as JSON text, sent as it is, not copied. */
    public InternalCall body(byte[] json) {
        this.body = json;
        return this;
    }

    /** How long the whole call may take; 20 s if nothing is said. */
    public InternalCall deadline(Duration limit) {
        this.deadline = limit;
        return this;
    }

    InternalOperation operation() {
        return operation;
    }

    String method() {
        return method;
    }

    Map<String, String> headers() {
        return headers;
    }

    byte @Nullable [] bodyBytes() {
        return body;
    }

    Duration deadline() {
        return deadline;
    }

    /** Path and query as they go on the wire. */
    String target() {
        StringBuilder target = new StringBuilder(path);
        char separator = '?';
        if (!rawQuery.isEmpty()) {
            target.append(separator).append(rawQuery);
            separator = '&';
        }
        for (Map.Entry<String, String> parameter : query.entrySet()) {
            target.append(separator)
                    .append(encode(parameter.getKey()))
                    .append('=')
                    .append(encode(parameter.getValue()));
            separator = '&';
        }
        return target.toString();
    }

    private static boolean matches(String template, String path) {
        String[] expected = template.split("/", -1);
        String[] actual = path.split("/", -1);
        if (expected.length != actual.length) {
            return false;
        }
        for (int i = 0; i < expected.length; i++) {
            boolean same = expected[i].startsWith("{") ? isOneSegment(actual[i]) : expected[i].equals(actual[i]);
            if (!same) {
                return false;
            }
        }
        return true;
    }

    private static boolean isOneSegment(String segment) {
        return !segment.isEmpty() && !segment.equals(".") && !segment.equals("..");
    }

    private static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
