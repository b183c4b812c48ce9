package org.gatehouse.testkit.fault;

/**
 * A breach of an invariant.
 *
 * @param subject the event, room or server that it is about
 * @param fact what was found
 */
public record Finding(Invariant invariant, String subject, String fact) {

    @Override
    public String toString() {
        return invariant + ": " + subject + " " + fact;
    }
}
