package org.gatehouse.ingress.http;

import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What the head of a request has to be: RFC 9112, and less than it allows. Where two readers of one head could disagree
 * on where its body ends or whom it addresses, it is refused, not interpreted.
 */
final class HeadRules {

    private static final int DELETE = 0x7f;
    private static final String SEPARATORS = "\"(),/:;<=>?@[\\]{}";

    private final int mostHeaders;
    private final long maxBody;

    HeadRules(int mostHeaders, long maxBody) {
        this.mostHeaders = mostHeaders;
        this.maxBody = maxBody;
    }

    /** Empty if the request may go on. */
    Optional<Refusal> refusal(HttpServerRequest request) {
        return tooManyHeaders(request.headers())
                .or(() -> characters(request.headers()))
                .or(() -> framing(request.headers()))
                .or(() -> host(request))
                .or(() -> content(request.headers()))
                .or(() -> expectation(request.headers()));
    }

    /** For a head that could not be read at all. */
    static Refusal unreadable(DecoderResult result) {
        if (result.cause() instanceof TooLongHttpLineException) {
            return new Refusal(414, "M_UNKNOWN", "http-target-length", "Request target too long");
        }
        if (result.cause() instanceof TooLongHttpHeaderException) {
            return new Refusal(431, "M_UNKNOWN", "http-header-size", "Request headers too large");
        }
        return Refusal.badRequest("http-malformed", "Malformed request");
    }

    private Optional<Refusal> tooManyHeaders(MultiMap headers) {
        return headers.entries().size() > mostHeaders
                ? Optional.of(new Refusal(431, "M_UNKNOWN", "http-header-count", "Too many request headers"))
                : Optional.empty();
    }

    private static Optional<Refusal> characters(MultiMap headers) {
        for (Map.Entry<String, String> header : headers.entries()) {
            boolean plain = !header.getKey().isEmpty()
                    && header.getKey().chars().allMatch(HeadRules::isTokenCharacter)
                    && header.getValue().chars().noneMatch(HeadRules::isControl);
            if (!plain) {
                return Optional.of(Refusal.badRequest("http-malformed", "Malformed request header"));
            }
        }
        return Optional.empty();
    }

    private static boolean isTokenCharacter(int character) {
        return character > ' ' && character < DELETE && SEPARATORS.indexOf(character) < 0;
    }

    private static boolean isControl(int character) {
        return character < ' ' && character != '\t' || character == DELETE;
    }

    private static Optional<Refusal> framing(MultiMap headers) {
        List<String> codings = headers.getAll(HttpHeaders.TRANSFER_ENCODING);
        boolean plain =
                codings.isEmpty() || codings.size() == 1 && codings.get(0).equalsIgnoreCase("chunked");
        if (!plain) {
            return Optional.of(Refusal.badRequest("http-framing", "Unsupported Transfer-Encoding"));
        }
        if (!codings.isEmpty() && headers.contains(HttpHeaders.CONTENT_LENGTH)) {
            return Optional.of(Refusal.badRequest("http-framing", "Both Content-Length and Transfer-Encoding"));
        }
        return Optional.empty();
    }

    private static Optional<Refusal> host(HttpServerRequest request) {
        List<String> hosts = request.headers().getAll(HttpHeaders.HOST);
        boolean one = hosts.size() == 1 && !hosts.get(0).isBlank();
        boolean none = hosts.isEmpty() && request.version() == HttpVersion.HTTP_1_0;
        return one || none
                ? Optional.empty()
                : Optional.of(Refusal.badRequest("http-host", "A request has one Host header"));
    }

    private Optional<Refusal> content(MultiMap headers) {
        for (String coding : headers.getAll(HttpHeaders.CONTENT_ENCODING)) {
            if (!coding.trim().equalsIgnoreCase("identity")) {
                return Optional.of(
                        new Refusal(415, "M_UNKNOWN", "http-content-encoding", "Request bodies are not decompressed"));
            }
        }
        String type = headers.get(HttpHeaders.CONTENT_TYPE);
        if (type != null && type.trim().toLowerCase(Locale.ROOT).startsWith("multipart/")) {
            return Optional.of(new Refusal(415, "M_UNKNOWN", "http-content-type", "Request bodies are JSON"));
        }
        return declaredLength(headers) > maxBody
                ? Optional.of(new Refusal(413, "M_TOO_LARGE", "http-body-size", "Request body too large"))
                : Optional.empty();
    }

    private static Optional<Refusal> expectation(MultiMap headers) {
        String expected = headers.get(HttpHeaders.EXPECT);
        return expected == null || expected.equalsIgnoreCase("100-continue")
                ? Optional.empty()
                : Optional.of(new Refusal(417, "M_UNKNOWN", "http-expectation", "Unknown expectation"));
    }

    private static long declaredLength(MultiMap headers) {
        String length = headers.get(HttpHeaders.CONTENT_LENGTH);
        try {
            return length == null ? 0 : Long.parseLong(length);
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }

    /** Whether a body follows the head. */
    static boolean announcesBody(HttpServerRequest request) {
        return request.headers().contains(HttpHeaders.TRANSFER_ENCODING) || declaredLength(request.headers()) > 0;
    }
}
