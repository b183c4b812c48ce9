package org.gatehouse.matrix.authrule;

import org.gatehouse.matrix.event.Pdu;

/** An event that another one cites in its {@code auth_events}, and whether it was itself rejected on receipt. */
public record AuthEvent(Pdu pdu, boolean rejected) {}
