package org.gatehouse.matrix.authrule;

import org.gatehouse.matrix.event.EventFacts;

/** An event that another one cites in its {@code auth_events}, and whether it was itself rejected on receipt. */
public record AuthEvent(EventFacts event, boolean rejected) {}
