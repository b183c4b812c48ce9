package org.gatehouse.matrix.authrule;

import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.roomversion.CreatorRule;
import org.gatehouse.matrix.roomversion.RoomVersion;

/**
 * Where each rule family stands in the list of a room version, and the few points in which the versions differ. The
 * numbers are those that a reader of the published page sees: the list of version 12 goes from 3.3 to "5" in its
 * source, which is shown as 3.4, and has two rules 10.10, of which the second is shown as 10.11.
 */
record RuleNumbers(RoomVersion version) {

    /** @throws IllegalArgumentException for a version before 10, whose rules are others */
    RuleNumbers {
        if (!version.knockRestrictedJoins()) {
            throw new IllegalArgumentException("No authorisation rules for room version " + version);
        }
    }

    int create() {
        return 1;
    }

    /** Version 12: that the room ID names the create event. */
    int roomId() {
        return 2;
    }

    int authEvents() {
        return 2 + shift();
    }

    int federate() {
        return 3 + shift();
    }

    int member() {
        return 4 + shift();
    }

    int joined() {
        return 5 + shift();
    }

    int thirdPartyInvite() {
        return 6 + shift();
    }

    int requiredLevel() {
        return 7 + shift();
    }

    int userStateKey() {
        return 8 + shift();
    }

    int powerLevels() {
        return 9 + shift();
    }

    int otherwise() {
        return 10 + shift();
    }

    boolean createImpliedByRoomId() {
        return version.roomIdIsCreateHash();
    }

    boolean creatorsAreInfinite() {
        return version.privilegedCreators();
    }

    boolean creatorInContent() {
        return version.creatorRule() == CreatorRule.CONTENT;
    }

    /** The user who made the room. */
    String creator(Pdu create) {
        return creatorInContent()
                ? create.content().string("creator").orElse("")
                : create.sender().value();
    }

    AuthVerdict allow(int family, String rest) {
        return new AuthVerdict.Allowed("v" + version + "/" + family + rest);
    }

    AuthVerdict deny(int family, String rest, String reason) {
        return new AuthVerdict.Denied("v" + version + "/" + family + rest, reason);
    }

    private int shift() {
        return createImpliedByRoomId() ? 1 : 0;
    }
}
