package org.gatehouse.matrix.roomversion;

/** Where an event's ID comes from. */
public enum EventIdFormat {
    /** Versions 1 and 2: the field {@code event_id}; {@code prev_events} and {@code auth_events} hold pairs. */
    FIELD,
    /** Version 3: the reference hash in standard base64. */
    HASH_STANDARD_BASE64,
    /** Version 4 and later: the reference hash in URL-safe base64. */
    HASH_URL_SAFE_BASE64
}
