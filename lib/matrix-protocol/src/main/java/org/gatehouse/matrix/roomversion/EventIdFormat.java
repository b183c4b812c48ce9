package org.gatehouse.matrix.roomversion;

import java.util.function.Predicate;
import org.gatehouse.matrix.identifier.EventId;

/** Where an event's ID comes from. */
public enum EventIdFormat {
    /** Versions 1 and 2: the field {@code event_id}; {@code prev_events} and {@code auth_events} hold pairs. */
    FIELD(id -> id.serverName().isPresent()),
    /** Version 3: the reference hash in standard base64. */
    HASH_STANDARD_BASE64(EventId::isStandardHash),
    /** Version 4 and later: the reference hash in URL-safe base64. */
    HASH_URL_SAFE_BASE64(EventId::isUrlSafeHash);

    private final Predicate<EventId> form;

    EventIdFormat(Predicate<EventId> form) {
        this.form = form;
    }

    /** Whether an ID has the form that IDs of this format have. */
    public boolean accepts(EventId id) {
        return form.test(id);
    }
}
