package org.gatehouse.matrix.event;

/** JSON that was taken for an event and lacks what every event has. The message names the field, never its content. */
public final class MalformedEvent extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    MalformedEvent(String fault) {
        super(fault);
    }
}
