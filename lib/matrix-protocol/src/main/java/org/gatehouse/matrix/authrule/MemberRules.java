package org.gatehouse.matrix.authrule;

import java.util.Optional;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.event.EventFacts;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.matrix.roomversion.RoomVersion;

/** Memberships, each kind in its own class: rule 4 of version 11. */
final class MemberRules {
    static final String AUTHORISED_VIA = "join_authorised_via_users_server";

    private MemberRules() {}

    static AuthVerdict check(Check check) {
        Optional<String> target = check.event().stateKey();
        JsonObject content = check.content();
        if (target.isEmpty() || !content.has("membership")) {
            return check.deny(Rule.MEMBER_FORM, "a membership needs a state_key and content.membership");
        }
        if (!isUser(target.get(), check.event())) {
            return check.deny(Rule.MEMBER_FORM, "the state_key is not a user ID");
        }
        RoomVersion version = check.rules().version();
        if (version.restrictedJoins() && content.has(AUTHORISED_VIA) && !isSignedByAuthorisingServer(check)) {
            return check.deny(Rule.MEMBER_AUTHORISER_SIGNED, "the server of the authorising user has not signed");
        }
        String membership = content.string("membership").orElse("");
        return switch (membership) {
            case "join" -> JoinRules.check(check);
            case "invite" -> InviteRules.check(check);
            case "leave" -> LeaveRules.check(check);
            case "ban" -> BanRules.check(check);
            default ->
                membership.equals("knock") && version.knocking()
                        ? KnockRules.check(check)
                        : check.deny(Rule.MEMBER_OTHERWISE, "the membership is unknown");
        };
    }

    /** That a membership is a user's goes without saying in the rules; servers agree that no other has one. */
    private static boolean isUser(String target, EventFacts event) {
        return event.isOfItsSender() || UserId.tryParse(target).isPresent();
    }

    /** Whether the signature is there; that a signature holds was checked before the event became a Pdu. */
    private static boolean isSignedByAuthorisingServer(Check check) {
        return check.content()
                .string(AUTHORISED_VIA)
                .flatMap(UserId::tryParse)
                .filter(user -> check.event().isSignedBy(user.serverName()))
                .isPresent();
    }
}
