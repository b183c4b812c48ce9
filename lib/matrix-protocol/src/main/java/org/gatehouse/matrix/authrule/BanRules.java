package org.gatehouse.matrix.authrule;

/** Rule 4.6, in version 12 rule 5.6: banning. */
final class BanRules {
    private BanRules() {}

    static AuthVerdict check(Check check, String target) {
        if (!check.membership(check.sender()).equals("join")) {
            return MemberRules.deny(check, ".6.1", "the sender is not in the room");
        }
        PowerLevels levels = check.powerLevels();
        return check.senderLevel() >= levels.ban() && levels.userLevel(target) < check.senderLevel()
                ? MemberRules.allow(check, ".6.2")
                : MemberRules.deny(check, ".6.3", "the sender may not ban the target");
    }
}
