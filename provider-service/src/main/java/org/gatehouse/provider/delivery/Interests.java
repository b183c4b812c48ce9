package org.gatehouse.provider.delivery;

import org.gatehouse.matrix.identifier.RoomId;

/** Since when an application service has had users in a room: a history, so that the past can be asked. */
public interface Interests {

    /** Whether the service had a user in the room after the record at that offset. */
    boolean at(String appService, RoomId roomId, long offset);

    void put(String appService, RoomId roomId, long offset, boolean interested);
}
