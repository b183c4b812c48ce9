package org.gatehouse.matrix.authrule;

import java.util.Optional;
import org.gatehouse.matrix.event.EventFacts;
import org.gatehouse.matrix.roomversion.RoomVersion;

/** Joining: rule 4.3 of version 11. */
final class JoinRules {
    private JoinRules() {}

    static AuthVerdict check(Check check) {
        if (isTheCreatorsFirstJoin(check)) {
            return check.allow(Rule.JOIN_OF_CREATOR, check.createEvent());
        }
        if (!check.senderIsTarget()) {
            return check.deny(Rule.JOIN_FOR_ANOTHER, "nobody can join for another user");
        }
        String membership = check.targetMembership();
        if (membership.equals("ban")) {
            return check.deny(Rule.JOIN_BANNED, "the sender is banned", check.senderMember());
        }
        boolean isInvitedOrIn = membership.equals("invite") || membership.equals("join");
        String joinRule = check.joinRule();
        if (isForTheInvited(joinRule, check.rules().version()) && isInvitedOrIn) {
            return check.allow(Rule.JOIN_INVITED, check.joinRules(), check.senderMember());
        }
        if (isRestricted(joinRule, check.rules().version())) {
            return isInvitedOrIn
                    ? check.allow(Rule.JOIN_RESTRICTED_INVITED, check.joinRules(), check.senderMember())
                    : authorised(check);
        }
        return joinRule.equals("public")
                ? check.allow(Rule.JOIN_PUBLIC, check.joinRules())
                : check.deny(
                        Rule.JOIN_OTHERWISE,
                        "the join rule does not let the sender in",
                        check.joinRules(),
                        check.senderMember());
    }

    private static boolean isTheCreatorsFirstJoin(Check check) {
        return check.event().followsOnly(check.create().eventId())
                && check.target().equals(Creators.founder(check.create()));
    }

    private static boolean isForTheInvited(String joinRule, RoomVersion version) {
        return joinRule.equals("invite") || (joinRule.equals("knock") && version.knocking());
    }

    private static boolean isRestricted(String joinRule, RoomVersion version) {
        return (joinRule.equals("restricted") && version.restrictedJoins())
                || (joinRule.equals("knock_restricted") && version.knockRestrictedJoins());
    }

    private static AuthVerdict authorised(Check check) {
        Optional<String> authoriser = check.content().string(MemberRules.AUTHORISED_VIA);
        Optional<? extends EventFacts> member = authoriser.flatMap(check::member);
        boolean mayInvite = Check.isJoined(member)
                && check.powerLevels().userLevel(authoriser.orElseThrow())
                        >= check.powerLevels().invite();
        return mayInvite
                ? check.allowByLevels(Rule.JOIN_RESTRICTED_OTHERWISE, check.joinRules(), member)
                : check.denyByLevels(
                        Rule.JOIN_RESTRICTED_AUTHORISER,
                        "no member who may invite has authorised the join",
                        check.joinRules(),
                        member);
    }
}
