package org.gatehouse.provider.edu;

import org.gatehouse.matrix.identifier.UserId;

/** Which to-device messages came before. */
interface SeenMessages {

    /** What makes two messages the same one; a device may be {@code *} for all. */
    record Key(UserId target, String deviceId, UserId sender, String messageId) {}

    /** Where the message came first: at this place, unless it is known from another. */
    EduPlace firstPlace(Key key, EduPlace place);
}
