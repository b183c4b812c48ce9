package org.gatehouse.matrix.authrule;

/** Rule 4.4, in version 12 rule 5.4: inviting. */
final class InviteRules {
    private InviteRules() {}

    static AuthVerdict check(Check check, String target) {
        if (check.content().has("third_party_invite")) {
            return ThirdPartyInvitedRules.check(check, target);
        }
        if (!check.membership(check.sender()).equals("join")) {
            return MemberRules.deny(check, ".4.2", "the sender is not in the room");
        }
        String membership = check.membership(target);
        if (membership.equals("join") || membership.equals("ban")) {
            return MemberRules.deny(check, ".4.3", "the target is in the room or banned");
        }
        return check.senderLevel() >= check.powerLevels().invite()
                ? MemberRules.allow(check, ".4.4")
                : MemberRules.deny(check, ".4.5", "the sender may not invite");
    }
}
