package org.gatehouse.eventgraph.intake;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How much is worked at once, for each of the two topics. */
@ConfigMapping(prefix = "gatehouse.graph.intake")
interface IntakeConfig {

    /** Rooms that are worked at the same time. */
    @WithDefault("8")
    int threads();

    /** Records that may be in work before the consumer is slowed down. */
    @WithDefault("1024")
    int maxInFlight();

    /** Records of one room that are stored together. */
    @WithDefault("64")
    int maxBatch();
}
