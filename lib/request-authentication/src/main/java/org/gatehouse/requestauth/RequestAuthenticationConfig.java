package org.gatehouse.requestauth;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How strict the filter is where the specification leaves a choice. */
@ConfigMapping(prefix = "gatehouse.request-authentication")
public interface RequestAuthenticationConfig {

    /** Whether a header without a destination is refused; servers older than Matrix 1.3 send none. */
    @WithDefault("false")
    boolean requireDestination();

    /** How many bytes of request bodies are held at the same time; beyond it a request is answered 503. */
    @WithDefault("32M")
    MemorySize bodiesInFlight();
}
