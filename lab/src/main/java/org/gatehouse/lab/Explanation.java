package org.gatehouse.lab;

import java.util.Collection;
import java.util.List;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.stateres.AppliedEvent;
import org.gatehouse.matrix.stateres.Resolution;

/** What {@code resolve --explain} adds to an answer. */
final class Explanation {

    private final Resolution resolution;

    private Explanation(Resolution resolution) {
        this.resolution = resolution;
    }

    static Explanation of(Resolution resolution) {
        return new Explanation(resolution);
    }

    void putInto(JsonObject.Builder answer) {
        answer.put("conflicted", ids(resolution.conflictedStateSet()))
                .put("auth_difference", ids(resolution.authDifference()))
                .put("conflicted_subgraph", ids(resolution.conflictedSubgraph()))
                .put("power_order", ids(resolution.powerOrder()))
                .put("mainline", ids(resolution.mainline()))
                .put("mainline_order", ids(resolution.mainlineOrder()))
                .put("verdicts", verdicts(resolution.verdicts()));
    }

    private static JsonArray ids(Collection<EventId> ids) {
        return JsonArray.ofStrings(ids.stream().map(EventId::value).toList());
    }

    private static JsonArray verdicts(List<AppliedEvent> applied) {
        return JsonArray.of(applied.stream()
                .map(each -> Verdicts.json(each.verdict())
                        .put("event_id", each.eventId().value())
                        .put("type", each.slot().type())
                        .put("state_key", each.slot().stateKey())
                        .build())
                .toList());
    }
}
