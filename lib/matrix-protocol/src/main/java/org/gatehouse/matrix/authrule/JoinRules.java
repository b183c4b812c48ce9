package org.gatehouse.matrix.authrule;

import java.util.Optional;

/** Rule 4.3, in version 12 rule 5.3: joining. */
final class JoinRules {
    private JoinRules() {}

    static AuthVerdict check(Check check, String target) {
        if (isTheCreatorsFirstJoin(check, target)) {
            return MemberRules.allow(check, ".3.1");
        }
        if (!check.sender().equals(target)) {
            return MemberRules.deny(check, ".3.2", "nobody can join for another user");
        }
        String membership = check.membership(target);
        if (membership.equals("ban")) {
            return MemberRules.deny(check, ".3.3", "the sender is banned");
        }
        boolean isInvitedOrIn = membership.equals("invite") || membership.equals("join");
        return switch (check.joinRule()) {
            case "invite", "knock" ->
                isInvitedOrIn
                        ? MemberRules.allow(check, ".3.4")
                        : MemberRules.deny(check, ".3.7", "the sender is not invited");
            case "restricted", "knock_restricted" -> restricted(check, isInvitedOrIn);
            case "public" -> MemberRules.allow(check, ".3.6");
            default -> MemberRules.deny(check, ".3.7", "the join rule lets nobody in");
        };
    }

    private static boolean isTheCreatorsFirstJoin(Check check, String target) {
        var previous = check.event().prevEvents();
        return previous.size() == 1
                && previous.get(0).equals(check.create().eventId())
                && target.equals(check.rules().creator(check.create()));
    }

    private static AuthVerdict restricted(Check check, boolean isInvitedOrIn) {
        if (isInvitedOrIn) {
            return MemberRules.allow(check, ".3.5.1");
        }
        Optional<String> authoriser = check.content().string(MemberRules.AUTHORISED_VIA);
        boolean mayInvite = authoriser
                .filter(user -> check.membership(user).equals("join"))
                .filter(user -> check.powerLevels().userLevel(user)
                        >= check.powerLevels().invite())
                .isPresent();
        return mayInvite
                ? MemberRules.allow(check, ".3.5.3")
                : MemberRules.deny(check, ".3.5.2", "no member who may invite has authorised the join");
    }
}
