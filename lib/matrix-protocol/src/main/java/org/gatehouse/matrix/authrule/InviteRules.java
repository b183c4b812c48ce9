package org.gatehouse.matrix.authrule;

/** Inviting: rule 4.4 of version 11. */
final class InviteRules {
    private InviteRules() {}

    static AuthVerdict check(Check check) {
        if (check.content().has("third_party_invite")) {
            return ThirdPartyInvitedRules.check(check);
        }
        if (!check.senderIsJoined()) {
            return check.deny(Rule.INVITE_SENDER_JOINED, "the sender is not in the room", check.senderMember());
        }
        String membership = check.targetMembership();
        if (membership.equals("join") || membership.equals("ban")) {
            return check.deny(Rule.INVITE_TARGET, "the target is in the room or banned", check.targetMember());
        }
        return check.senderLevel() >= check.powerLevels().invite()
                ? check.allowByLevels(Rule.INVITE_LEVEL)
                : check.denyByLevels(Rule.INVITE_OTHERWISE, "the sender may not invite");
    }
}
