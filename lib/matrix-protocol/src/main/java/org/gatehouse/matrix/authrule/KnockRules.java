package org.gatehouse.matrix.authrule;

/** Rule 4.7, in version 12 rule 5.7: knocking. */
final class KnockRules {
    private KnockRules() {}

    static AuthVerdict check(Check check, String target) {
        String joinRule = check.joinRule();
        if (!joinRule.equals("knock") && !joinRule.equals("knock_restricted")) {
            return MemberRules.deny(check, ".7.1", "the room takes no knocks");
        }
        if (!check.sender().equals(target)) {
            return MemberRules.deny(check, ".7.2", "nobody can knock for another user");
        }
        return switch (check.membership(target)) {
            case "ban", "invite", "join" ->
                MemberRules.deny(check, ".7.4", "the sender is in the room, invited or banned");
            default -> MemberRules.allow(check, ".7.3");
        };
    }
}
