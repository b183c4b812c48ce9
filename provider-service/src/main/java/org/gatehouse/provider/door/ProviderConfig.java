package org.gatehouse.provider.door;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What the provider's door is told. */
@ConfigMapping(prefix = "gatehouse.provider")
public interface ProviderConfig {

    /** Whether people may register and sync here. Closed, only application services are served. */
    @WithDefault("false")
    boolean clientDoor();

    /** Registration files (YAML) of the application services. */
    Optional<List<String>> appServices();

    /** How long a request waits for the verdict of its event before it answers 503. */
    @WithDefault("25s")
    Duration verdictTimeout();

    /** How long a request that was answered by the judge waits for its own event to be delivered here. */
    @WithDefault("2s")
    Duration deliveryTimeout();

    /** The longest that a sync waits, whatever the client asks for. */
    @WithDefault("60s")
    Duration syncTimeout();

    /** How long one outgoing join may take before the attempt counts as lost. */
    @WithDefault("150s")
    Duration joinTimeout();
}
