package org.gatehouse.matrix.event;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The size limits of events (Client-Server API, "Size limits"; Server-Server API, "PDUs"). */
public final class EventSizes {

    /** The largest event that is accepted: canonical JSON with signatures, without {@code unsigned}, in bytes. */
    public static final int MAX_EVENT_BYTES = 65_536;

    /** The largest event that we emit: one byte less, since some servers refuse the exact limit. */
    public static final int MAX_EMITTED_EVENT_BYTES = MAX_EVENT_BYTES - 1;

    /** The largest {@code sender}, {@code room_id}, {@code state_key}, {@code type} or event ID, in bytes of UTF-8. */
    public static final int MAX_FIELD_BYTES = 255;

    public static final int MAX_PREV_EVENTS = 20;

    public static final int MAX_AUTH_EVENTS = 10;

    /** The most code points of {@code type} and {@code state_key} in versions that keep such events as rejected. */
    public static final int MAX_FIELD_CODE_POINTS = 255;

    private EventSizes() {}

    /** Whether a field's text fits into {@link #MAX_FIELD_BYTES}. */
    public static boolean fits(String field) {
        return field.length() * 3 <= MAX_FIELD_BYTES
                || (field.length() <= MAX_FIELD_BYTES
                        && field.getBytes(StandardCharsets.UTF_8).length <= MAX_FIELD_BYTES);
    }

    /** Whether {@code type} and, where there is one, {@code state_key} fit, by bytes. */
    public static boolean slotFits(String type, Optional<String> stateKey) {
        return fits(type) && (stateKey.isEmpty() || fits(stateKey.get()));
    }

    /** Whether a field's text fits into {@link #MAX_FIELD_CODE_POINTS}. */
    public static boolean fitsInCodePoints(String field) {
        return field.codePointCount(0, field.length()) <= MAX_FIELD_CODE_POINTS;
    }
}
