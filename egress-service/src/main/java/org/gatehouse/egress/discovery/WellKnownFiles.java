package org.gatehouse.egress.discovery;

/** Asks a host for its well-known file; answers {@link WellKnownAnswer.None} whatever goes wrong. */
public interface WellKnownFiles {

    WellKnownAnswer fetch(String host);
}
