package org.gatehouse.eventgraph.intake;

import jakarta.inject.Singleton;
import org.gatehouse.runtime.log.RecordIntake;
import org.gatehouse.runtime.log.RecordIntakes;

/** Opens the intakes as wide as the configuration says. */
@Singleton
class IntakeOpener {

    private final RecordIntakes intakes;
    private final IntakeConfig config;

    IntakeOpener(RecordIntakes intakes, IntakeConfig config) {
        this.intakes = intakes;
        this.config = config;
    }

    RecordIntake open(String name) {
        return intakes.open(name, config.threads(), config.maxInFlight());
    }

    int mostInBatch() {
        return config.maxBatch();
    }
}
