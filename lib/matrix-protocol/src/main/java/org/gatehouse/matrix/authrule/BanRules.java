package org.gatehouse.matrix.authrule;

/** Banning: rule 4.6 of version 11. */
final class BanRules {
    private BanRules() {}

    static AuthVerdict check(Check check) {
        if (!check.senderIsJoined()) {
            return check.deny(Rule.BAN_SENDER_JOINED, "the sender is not in the room", check.senderMember());
        }
        PowerLevels levels = check.powerLevels();
        return check.senderLevel() >= levels.ban() && levels.userLevel(check.target()) < check.senderLevel()
                ? check.allowByLevels(Rule.BAN_LEVEL)
                : check.denyByLevels(Rule.BAN_OTHERWISE, "the sender may not ban the target");
    }
}
