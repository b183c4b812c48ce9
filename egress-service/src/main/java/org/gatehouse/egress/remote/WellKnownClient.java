package org.gatehouse.egress.remote;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.gatehouse.egress.connection.HttpAnswer;
import org.gatehouse.egress.connection.HttpCall;
import org.gatehouse.egress.connection.Outbound;
import org.gatehouse.egress.connection.Unreachable;
import org.gatehouse.egress.discovery.ServerRoute;
import org.gatehouse.egress.discovery.WellKnownAnswer;
import org.gatehouse.egress.discovery.WellKnownFiles;

/** Fetches well-known files by HTTPS, over at most 5 redirects; each hop passes the guard for itself. */
public final class WellKnownClient implements WellKnownFiles {

    static final int MAX_BYTES = 50 * 1024;
    static final int MAX_REDIRECTS = 5;

    private static final int HTTPS_PORT = 443;
    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final String PATH = "/.well-known/matrix/server";

    private final Outbound outbound;
    private final Clock clock;

    public WellKnownClient(Outbound outbound, Clock clock) {
        this.outbound = outbound;
        this.clock = clock;
    }

    @Override
    public WellKnownAnswer fetch(String host) {
        Instant end = clock.instant().plus(DEADLINE);
        Optional<Hop> hop = Optional.of(new Hop(host, HTTPS_PORT, PATH));
        try {
            for (int hops = 0; hop.isPresent() && hops <= MAX_REDIRECTS; hops++) {
                HttpAnswer answer = ask(hop.get(), end);
                if (answer.status() == 200) {
                    return WellKnownAnswer.read(
                            answer.body(), answer.header("cache-control"), answer.header("expires"), clock.instant());
                }
                if (answer.status() < 300 || answer.status() > 399) {
                    return new WellKnownAnswer.None("status " + answer.status());
                }
                Hop from = hop.get();
                hop = answer.header("location").flatMap(from::redirect);
            }
            return new WellKnownAnswer.None("redirected too often, or to what is not https");
        } catch (Unreachable e) {
            return new WellKnownAnswer.None(String.valueOf(e.getMessage()));
        }
    }

    private HttpAnswer ask(Hop hop, Instant end) {
        Duration left = Duration.between(clock.instant(), end);
        if (left.isNegative() || left.isZero()) {
            throw new Unreachable("the well-known file took too long");
        }
        return outbound.exchange(new HttpCall(
                ServerRoute.to(hop.host, hop.port, hop.hostHeader()), "GET", hop.uri, Map.of(), null, MAX_BYTES, left));
    }

    private static final class Hop {
        final String host;
        final int port;
        final String uri;

        Hop(String host, int port, String uri) {
            this.host = host;
            this.port = port;
            this.uri = uri;
        }

        String hostHeader() {
            return port == HTTPS_PORT ? host : host + ":" + port;
        }

        /** The next hop; empty if the location is not an https URL of a host without user and fragment. */
        Optional<Hop> redirect(String location) {
            try {
                URI next = new URI("https://" + hostHeader() + uri).resolve(new URI(location));
                boolean usable = "https".equalsIgnoreCase(next.getScheme())
                        && next.getHost() != null
                        && next.getRawUserInfo() == null;
                if (!usable) {
                    return Optional.empty();
                }
                String path = next.getRawPath() == null || next.getRawPath().isEmpty() ? "/" : next.getRawPath();
                String query = next.getRawQuery() == null ? "" : "?" + next.getRawQuery();
                return Optional.of(
                        new Hop(next.getHost(), next.getPort() < 0 ? HTTPS_PORT : next.getPort(), path + query));
            } catch (URISyntaxException | IllegalArgumentException e) {
                return Optional.empty();
            }
        }
    }
}
