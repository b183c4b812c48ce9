package org.gatehouse.matrix.authrule;

/** Rule 4.5, in version 12 rule 5.5: leaving, rejecting an invite, kicking, unbanning. */
final class LeaveRules {
    private LeaveRules() {}

    static AuthVerdict check(Check check, String target) {
        String membership = check.membership(target);
        if (check.sender().equals(target)) {
            boolean isThere = membership.equals("invite") || membership.equals("join") || membership.equals("knock");
            return isThere
                    ? MemberRules.allow(check, ".5.1")
                    : MemberRules.deny(check, ".5.1", "the sender is not in the room, invited or knocking");
        }
        if (!check.membership(check.sender()).equals("join")) {
            return MemberRules.deny(check, ".5.2", "the sender is not in the room");
        }
        PowerLevels levels = check.powerLevels();
        if (membership.equals("ban") && check.senderLevel() < levels.ban()) {
            return MemberRules.deny(check, ".5.3", "the sender may not unban");
        }
        return check.senderLevel() >= levels.kick() && levels.userLevel(target) < check.senderLevel()
                ? MemberRules.allow(check, ".5.4")
                : MemberRules.deny(check, ".5.5", "the sender may not kick the target");
    }
}
