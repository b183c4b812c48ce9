package org.gatehouse.matrix.authrule;

/** Leaving, rejecting an invite, taking back a knock, kicking, unbanning: rule 4.5 of version 11. */
final class LeaveRules {
    private LeaveRules() {}

    static AuthVerdict check(Check check) {
        String membership = check.targetMembership();
        if (check.senderIsTarget()) {
            return isThere(membership, check)
                    ? check.allow(Rule.LEAVE_OWN, check.senderMember())
                    : check.deny(Rule.LEAVE_OWN, "the sender has nothing to leave", check.senderMember());
        }
        if (!check.senderIsJoined()) {
            return check.deny(Rule.LEAVE_SENDER_JOINED, "the sender is not in the room", check.senderMember());
        }
        PowerLevels levels = check.powerLevels();
        if (membership.equals("ban") && check.senderLevel() < levels.ban()) {
            return check.denyByLevels(Rule.LEAVE_UNBAN, "the sender may not unban", check.targetMember());
        }
        return check.senderLevel() >= levels.kick() && levels.userLevel(check.target()) < check.senderLevel()
                ? check.allowByLevels(Rule.LEAVE_KICK)
                : check.denyByLevels(Rule.LEAVE_OTHERWISE, "the sender may not kick the target");
    }

    private static boolean isThere(String membership, Check check) {
        return membership.equals("invite")
                || membership.equals("join")
                || (membership.equals("knock") && check.rules().version().knocking());
    }
}
