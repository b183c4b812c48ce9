package org.gatehouse.egress.connection;

import java.util.Map;
import java.util.Optional;

/** A server's answer, read to its end. */
public final class HttpAnswer {

    private final int status;
    private final Map<String, String> headers;
    private final byte[] body;

    /** @param headers by lower-case name; of a repeated header the first */
    public HttpAnswer(int status, Map<String, String> headers, byte[] body) {
        this.status = status;
        this.headers = Map.copyOf(headers);
        this.body = body;
    }

    public int status() {
        return status;
    }

    /** @param name in lower case */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** The bytes themselves, not a copy: read only. */
    public byte[] body() {
        return body;
    }
}
