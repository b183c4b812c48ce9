package org.gatehouse.lab;

import java.util.Collection;
import java.util.List;
import java.util.OptionalInt;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.canonicaljson.JsonNull;
import org.gatehouse.matrix.canonicaljson.JsonNumber;
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
                .put("mainline_positions", mainlinePositions())
                .put("verdicts", verdicts(resolution.verdicts()));
    }

    /** By event of the mainline order; null for one that has no power levels event of the mainline behind it. */
    private JsonObject mainlinePositions() {
        JsonObject.Builder positions = JsonObject.builder();
        for (int i = 0; i < resolution.mainlinePositions().size(); i++) {
            OptionalInt position = resolution.mainlinePositions().get(i);
            positions.put(
                    resolution.mainlineOrder().get(i).value(),
                    position.isPresent() ? JsonNumber.of(position.getAsInt()) : JsonNull.NULL);
        }
        return positions.build();
    }

    private static JsonArray ids(Collection<EventId> ids) {
        return JsonArray.ofStrings(ids.stream().map(EventId::value).toList());
    }

    private static JsonArray verdicts(List<AppliedEvent> applied) {
        return JsonArray.of(applied.stream()
                .map(each -> Verdicts.explained(each.verdict())
                        .put("event_id", each.eventId().value())
                        .put("type", each.slot().type())
                        .put("state_key", each.slot().stateKey())
                        .build())
                .toList());
    }
}
