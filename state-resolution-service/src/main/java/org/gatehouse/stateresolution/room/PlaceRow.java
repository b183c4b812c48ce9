package org.gatehouse.stateresolution.room;

import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;

/** Where the verdict of an event is found. */
public record PlaceRow(EventId eventId, RoomId roomId, long ordinal, long cause) {}
