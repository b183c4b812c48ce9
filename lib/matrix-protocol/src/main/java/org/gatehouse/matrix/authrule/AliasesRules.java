package org.gatehouse.matrix.authrule;

import java.util.Optional;

/** The aliases that a server gives a room: rule 4 of versions 1 to 5. No later version treats them in a special way. */
final class AliasesRules {
    static final String ALIASES = "m.room.aliases";

    private AliasesRules() {}

    static AuthVerdict check(Check check) {
        Optional<String> server = check.event().stateKey();
        if (server.isEmpty()) {
            return check.deny(Rule.ALIASES_WITHOUT_KEY, "aliases need a state_key");
        }
        return server.get().equals(check.event().sender().serverName().value())
                ? check.allow(Rule.ALIASES_OTHERWISE)
                : check.deny(Rule.ALIASES_OF_ANOTHER_SERVER, "the state_key is not the sender's server");
    }
}
