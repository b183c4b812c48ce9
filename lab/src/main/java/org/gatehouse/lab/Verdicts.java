package org.gatehouse.lab;

import org.gatehouse.matrix.authrule.AuthVerdict;
import org.gatehouse.matrix.authrule.AuthVerdict.Denied;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.identifier.EventId;

/** How a verdict of the auth rules is written. */
final class Verdicts {

    private Verdicts() {}

    /** As {@link #json}, and {@code decided_by}: the events that the deciding rule looked at. */
    static JsonObject.Builder explained(AuthVerdict verdict) {
        return json(verdict)
                .put(
                        "decided_by",
                        JsonArray.ofStrings(
                                verdict.decidedBy().stream().map(EventId::value).toList()));
    }

    /** {@code allowed}, {@code rule} and {@code reason}, which is empty for an event that is allowed. */
    static JsonObject.Builder json(AuthVerdict verdict) {
        return JsonObject.builder()
                .put("allowed", verdict.isAllowed())
                .put("rule", verdict.rule())
                .put("reason", verdict instanceof Denied denied ? denied.reason() : "");
    }
}
