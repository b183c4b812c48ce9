package org.gatehouse.runtime.start;

import io.quarkus.runtime.configuration.ConfigurationException;

/** Ends the start with this sentence; for a failure of this type Quarkus prints no stack trace. */
public final class StartRefused extends ConfigurationException {

    private static final long serialVersionUID = 1L;

    public StartRefused(String sentence) {
        super(sentence);
    }
}
