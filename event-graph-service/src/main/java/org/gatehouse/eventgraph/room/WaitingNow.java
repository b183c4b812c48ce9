package org.gatehouse.eventgraph.room;

import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.ServerName;

/**
 * A waiting event, for people.
 *
 * @param status held, waiting or refused
 * @param wishId the wish that it awaits, empty if it awaits other waiting events
 */
public record WaitingNow(EventId eventId, String status, ServerName origin, String wishId) {}
