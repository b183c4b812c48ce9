package org.gatehouse.matrix.authrule;

import org.gatehouse.matrix.identifier.EventId;

/** An event of the auth chain is not at hand, so nothing can be said; fetch it and ask again. */
public final class MissingAuthEvent extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient EventId eventId;

    public MissingAuthEvent(EventId eventId) {
        super("Missing auth event " + eventId);
        this.eventId = eventId;
    }

    /** The event to fetch. */
    public EventId eventId() {
        return eventId;
    }
}
