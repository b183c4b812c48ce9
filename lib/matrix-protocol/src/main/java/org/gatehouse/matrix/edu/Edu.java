package org.gatehouse.matrix.edu;

/** One ephemeral data unit, of good form and about users of the server that sent it. */
public sealed interface Edu
        permits Typing, Receipts, PresenceUpdates, DeviceListUpdate, SigningKeyUpdate, ToDeviceMessages, UnknownEdu {

    /** The {@code edu_type}. */
    String type();
}
