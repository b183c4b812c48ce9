package org.gatehouse.matrix.edu;

import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.UserId;

/** A user has begun or ceased to type in a room (Server-Server API, "Typing Notifications"). */
public record Typing(RoomId roomId, UserId userId, boolean typing) implements Edu {

    public static final String TYPE = "m.typing";

    static Typing read(EduFields content) {
        return new Typing(content.room("room_id"), content.ownUser("user_id"), content.bool("typing"));
    }

    @Override
    public String type() {
        return TYPE;
    }
}
