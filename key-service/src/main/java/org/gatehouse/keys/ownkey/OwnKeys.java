package org.gatehouse.keys.ownkey;

import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.signing.ServerKeys;

/** The keys of all hosted server names, in memory. */
public final class OwnKeys {

    /** How far ahead {@code valid_until_ts} lies, counted from the beginning of the current step. */
    static final Duration VALIDITY = Duration.ofDays(7);

    /** Within a step the published answer does not change, so that it need not be signed for each asker. */
    static final Duration STEP = Duration.ofHours(1);

    private final Map<ServerName, HostedKeys> byServer = new TreeMap<>();
    private final Map<ServerName, Published> published = new ConcurrentHashMap<>();
    private final Clock clock;

    public OwnKeys(Collection<HostedKeys> keys, Clock clock) {
        keys.forEach(each -> byServer.put(each.server(), each));
        this.clock = clock;
    }

    /** The keys of a hosted server name; empty if the name is not ours. */
    public Optional<HostedKeys> of(ServerName server) {
        return Optional.ofNullable(byServer.get(server));
    }

    /** What a hosted server name publishes, signed by itself. */
    public Optional<ServerKeys> publishedBy(ServerName server) {
        long step = clock.millis() / STEP.toMillis();
        return of(server)
                .map(keys -> published.compute(
                        server, (name, last) -> last != null && last.step == step ? last : publish(keys, step)))
                .map(current -> current.keys);
    }

    private static Published publish(HostedKeys keys, long step) {
        long validUntil = step * STEP.toMillis() + VALIDITY.toMillis();
        ServerKeys signed = ServerKeys.parse(
                        keys.server(), ServerKeys.publish(keys.server(), keys.inUse(), keys.old(), validUntil))
                .orElseThrow(() -> new IllegalStateException("our own keys of " + keys.server() + " do not verify"));
        return new Published(step, signed);
    }

    private record Published(long step, ServerKeys keys) {}
}
