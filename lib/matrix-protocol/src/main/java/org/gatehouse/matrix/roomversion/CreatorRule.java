package org.gatehouse.matrix.roomversion;

/** Who created a room. */
public enum CreatorRule {
    /** Versions 1 to 10: {@code creator} in the create event's content. */
    CONTENT,
    /** Version 11: the sender of the create event. */
    SENDER,
    /** Version 12 and later: the sender and the {@code additional_creators}, all of infinite power. */
    SENDER_AND_ADDITIONAL
}
