package org.gatehouse.lab;

import org.gatehouse.matrix.authrule.AuthVerdict;
import org.gatehouse.matrix.authrule.AuthVerdict.Denied;
import org.gatehouse.matrix.canonicaljson.JsonObject;

/** How a verdict of the auth rules is written. */
final class Verdicts {

    private Verdicts() {}

    /** {@code allowed}, {@code rule} and {@code reason}, which is empty for an event that is allowed. */
    static JsonObject.Builder json(AuthVerdict verdict) {
        return JsonObject.builder()
                .put("allowed", verdict.isAllowed())
                .put("rule", verdict.rule())
                .put("reason", verdict instanceof Denied denied ? denied.reason() : "");
    }
}
