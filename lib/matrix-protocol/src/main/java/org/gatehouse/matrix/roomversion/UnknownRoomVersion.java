package org.gatehouse.matrix.roomversion;

/** A room version that this build does not speak. */
public final class UnknownRoomVersion extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnknownRoomVersion(String id) {
        super("unknown room version " + (id.length() > 32 ? id.substring(0, 32) + "…" : id));
    }
}
