package org.gatehouse.stateresolution.judgement;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How much the judge works and keeps in memory. */
@ConfigMapping(prefix = "gatehouse.judge")
public interface JudgeConfig {

    /** How many rooms are worked at the same time. */
    @WithDefault("8")
    int threads();

    /** How many records may be in work before the consumer is slowed down. */
    @WithDefault("1000")
    int maxInFlight();

    /** How many queued records of a room are stored and published together. */
    @WithDefault("100")
    int batch();

    /** How many rooms are kept in memory. */
    @WithDefault("500")
    int roomsInMemory();

    /** How many state events of a room are kept in memory. */
    @WithDefault("5000")
    int authEventsInMemory();
}
