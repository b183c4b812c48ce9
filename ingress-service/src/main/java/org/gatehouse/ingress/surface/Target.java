package org.gatehouse.ingress.surface;

import io.vertx.ext.web.RoutingContext;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The operation that a request is for, and the path's values.
 *
 * @param path normalised, still percent-encoded
 */
public record Target(Operation operation, String path) {

    private static final String KEY = "gatehouse.target";

    /** What {@link KnownPaths} has found out of this request; empty for what is no operation of other servers. */
    public static Optional<Target> of(RoutingContext context) {
        @Nullable Target found = context.get(KEY);
        return Optional.ofNullable(found);
    }

    void attachTo(RoutingContext context) {
        context.put(KEY, this);
    }

    /** The value of a name of the path, decoded; empty if the path has no such name. */
    public Optional<String> value(String name) {
        int index = operation.segments().indexOf("{" + name + "}");
        return index < 0
                ? Optional.empty()
                : Optional.of(decode(List.of(path.split("/", -1)).get(index)));
    }

    /** A plus sign is itself in a path. */
    private static String decode(String segment) {
        return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
