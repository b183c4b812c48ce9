package org.gatehouse.runtime.trace;

import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A place in a trace: W3C Trace Context, header {@code traceparent}, version 00.
 *
 * @param traceId 32 hexadecimal digits in lower case, not all zero
 * @param spanId 16 of them
 */
public record TraceParent(String traceId, String spanId, boolean isSampled) {

    /** The name of the header, in HTTP and in Kafka. */
    public static final String HEADER = "traceparent";

    private static final Pattern FORM =
            Pattern.compile("([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?");
    private static final int LONGEST = 200;

    /** Reads a header; empty if it is none, or of a version that nothing is known of. */
    public static Optional<TraceParent> tryParse(@Nullable String header) {
        if (header == null || header.length() > LONGEST) {
            return Optional.empty();
        }
        Matcher matcher = FORM.matcher(header);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String version = matcher.group(1);
        boolean known = !version.equals("ff") && !(version.equals("00") && matcher.group(5) != null);
        boolean zero = matcher.group(2).matches("0+") || matcher.group(3).matches("0+");
        if (!known || zero) {
            return Optional.empty();
        }
        boolean sampled = (Integer.parseInt(matcher.group(4), 16) & 1) == 1;
        return Optional.of(new TraceParent(matcher.group(2), matcher.group(3), sampled));
    }

    /** The caller's trace with a span of our own; a trace of our own if the caller names none. */
    public static TraceParent continued(@Nullable String header, RandomGenerator random) {
        Optional<TraceParent> caller = tryParse(header);
        String trace = caller.map(TraceParent::traceId).orElseGet(() -> hex(random) + hex(random));
        return new TraceParent(
                trace, hex(random), caller.map(TraceParent::isSampled).orElse(false));
    }

    private static String hex(RandomGenerator random) {
        long value = random.nextLong();
        return String.format("%016x", value == 0 ? 1 : value);
    }

    /** The header. */
    @Override
    public String toString() {
        return "00-" + traceId + "-" + spanId + (isSampled ? "-01" : "-00");
    }
}
