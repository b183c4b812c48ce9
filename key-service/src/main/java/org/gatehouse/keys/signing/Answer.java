package org.gatehouse.keys.signing;

import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.identifier.EventId;

/** What came of a wish to have something signed. */
sealed interface Answer {

    /** The event with our signature. */
    record Signed(JsonObject event, EventId eventId) implements Answer {}

    /**
     * Nothing was signed.
     *
     * @param detail fit for the asker; holds nothing of the content
     */
    record Refused(Reason reason, String detail) implements Answer {}

    /** Why nothing was signed. */
    enum Reason {
        /** The user, or the server name, is not ours. */
        NOT_HOSTED,
        /** It is not what this operation signs. */
        NOT_THIS_KIND,
        /** This build does not speak the room version. */
        UNKNOWN_ROOM_VERSION,
        /** It is no event of the room version. */
        MALFORMED,
        /** It is over a size limit. */
        TOO_LARGE,
        /** What it has to bear already, the inviter's signature, is missing or false. */
        UNVERIFIED
    }
}
