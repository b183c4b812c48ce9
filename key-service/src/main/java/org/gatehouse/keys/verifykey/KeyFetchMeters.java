package org.gatehouse.keys.verifykey;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.Locale;

/** Counts where keys of other servers came from, and how often they did not come. No label names a server. */
@Singleton
class KeyFetchMeters {

    /** How the server itself answered. */
    enum Outcome {
        FOUND,
        /** No answer, or none with a success. */
        UNREACHABLE,
        /** An answer that speaks for nobody. */
        INVALID,
        /** It was not asked, or its answer not kept, for a reason of ours. */
        FAILED
    }

    private final MeterRegistry meters;

    KeyFetchMeters(MeterRegistry meters) {
        this.meters = meters;
    }

    /** What was known already was enough. */
    void known() {
        count("cache", Outcome.FOUND);
    }

    /** The server was asked. */
    void asked(Outcome outcome) {
        count("direct", outcome);
    }

    private void count(String via, Outcome outcome) {
        String label = outcome.name().toLowerCase(Locale.ROOT);
        meters.counter("matrix_federation_key_fetch_total", "via", via, "outcome", label)
                .increment();
    }
}
