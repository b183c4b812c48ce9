package org.gatehouse.stateresolution.room;

import org.gatehouse.matrix.event.EventTypes;
import org.gatehouse.matrix.event.Pdu;

/** What a member event says, kept beside each entry of a stored state so that counting members reads no events. */
public enum Membership {
    /** Not a member event, or one without a known membership. The order is part of the stored form. */
    NONE,
    JOIN,
    INVITE,
    LEAVE,
    BAN,
    KNOCK;

    private static final Membership[] BY_CODE = values();

    static Membership of(Pdu event) {
        if (!event.type().equals(EventTypes.MEMBER)) {
            return NONE;
        }
        return ofWord(event.content().string("membership").orElse(""));
    }

    /** The membership of this name in an event's content; NONE for any other word. */
    public static Membership ofWord(String word) {
        switch (word) {
            case "join":
                return JOIN;
            case "invite":
                return INVITE;
            case "leave":
                return LEAVE;
            case "ban":
                return BAN;
            case "knock":
                return KNOCK;
            default:
                return NONE;
        }
    }

    byte code() {
        return (byte) ordinal();
    }

    static Membership ofCode(byte code) {
        return code >= 0 && code < BY_CODE.length ? BY_CODE[code] : NONE;
    }
}
