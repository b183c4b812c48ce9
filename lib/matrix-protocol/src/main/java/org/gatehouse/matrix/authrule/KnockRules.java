package org.gatehouse.matrix.authrule;

/** Knocking: rule 4.7 of version 11; versions 1 to 6 have no knocks. */
final class KnockRules {
    private KnockRules() {}

    static AuthVerdict check(Check check) {
        if (!takesKnocks(check)) {
            return check.deny(Rule.KNOCK_JOIN_RULE, "the room takes no knocks", check.joinRules());
        }
        if (!check.senderIsTarget()) {
            return check.deny(Rule.KNOCK_FOR_ANOTHER, "nobody can knock for another user");
        }
        return switch (check.targetMembership()) {
            case "ban", "invite", "join" ->
                check.deny(
                        Rule.KNOCK_OTHERWISE,
                        "the sender is in the room, invited or banned",
                        check.joinRules(),
                        check.senderMember());
            default -> check.allow(Rule.KNOCK_FROM_OUTSIDE, check.senderMember());
        };
    }

    private static boolean takesKnocks(Check check) {
        String joinRule = check.joinRule();
        return joinRule.equals("knock")
                || (joinRule.equals("knock_restricted")
                        && check.rules().version().knockRestrictedJoins());
    }
}
