package org.gatehouse.stateresolution.judgement;

/** A record that cannot be judged, now or ever: event-graph promised what is not so. It belongs in quarantine. */
public final class Unjudgeable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Unjudgeable(String message) {
        super(message);
    }
}
