package org.gatehouse.stateresolution.room;

/** A room's rows contradict each other, or one is gone. Nothing is judged on top of that. */
public final class CorruptRoom extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CorruptRoom(String message) {
        super(message);
    }

    CorruptRoom(String message, Throwable cause) {
        super(message, cause);
    }
}
