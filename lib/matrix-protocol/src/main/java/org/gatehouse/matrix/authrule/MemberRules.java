package org.gatehouse.matrix.authrule;

import java.util.Optional;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.identifier.UserId;

/** Rule 4, in version 12 rule 5: the memberships, each kind in its own class. */
final class MemberRules {
    static final String AUTHORISED_VIA = "join_authorised_via_users_server";

    private MemberRules() {}

    static AuthVerdict check(Check check) {
        Optional<String> target = check.event().stateKey();
        JsonObject content = check.content();
        if (target.isEmpty() || !content.has("membership")) {
            return deny(check, ".1", "a membership needs a state_key and content.membership");
        }
        if (UserId.tryParse(target.get()).isEmpty()) {
            return deny(check, ".1", "the state_key is not a user ID");
        }
        if (content.has(AUTHORISED_VIA) && !isSignedByAuthorisingServer(check)) {
            return deny(check, ".2.1", "the server of the authorising user has not signed");
        }
        return switch (content.string("membership").orElse("")) {
            case "join" -> JoinRules.check(check, target.get());
            case "invite" -> InviteRules.check(check, target.get());
            case "leave" -> LeaveRules.check(check, target.get());
            case "ban" -> BanRules.check(check, target.get());
            case "knock" -> KnockRules.check(check, target.get());
            default -> deny(check, ".8", "the membership is unknown");
        };
    }

    static AuthVerdict allow(Check check, String rest) {
        return check.rules().allow(check.rules().member(), rest);
    }

    static AuthVerdict deny(Check check, String rest, String reason) {
        return check.rules().deny(check.rules().member(), rest, reason);
    }

    /** Whether the signature is there; that a signature holds was checked before the event became a Pdu. */
    private static boolean isSignedByAuthorisingServer(Check check) {
        Optional<ServerName> server =
                check.content().string(AUTHORISED_VIA).flatMap(UserId::tryParse).map(UserId::serverName);
        return server.flatMap(name -> check.event()
                        .json()
                        .object("signatures")
                        .flatMap(signatures -> signatures.object(name.value())))
                .filter(signatures -> !signatures.isEmpty())
                .isPresent();
    }
}
