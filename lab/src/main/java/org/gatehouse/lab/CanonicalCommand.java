package org.gatehouse.lab;

import org.gatehouse.matrix.canonicaljson.CanonicalJson;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.JsonString;
import org.gatehouse.matrix.canonicaljson.JsonValue;

/** The canonical form of a value. With a room version, also whether its events may hold the value. */
final class CanonicalCommand implements Command {

    @Override
    public JsonObject answer(Request request) {
        request.requireOnly("value", "room_version");
        JsonValue value = request.value("value");
        request.roomVersionIfAny().ifPresent(version -> {
            if (version.strictJson() && !CanonicalJson.isStrict(value)) {
                throw new LabProblem(
                        "value: not canonical JSON, which room version %s demands: a number is not an integer"
                                        .formatted(version)
                                + " of at most 2^53 - 1");
            }
        });
        return JsonObject.of("canonical", new JsonString(CanonicalJson.writeString(value)));
    }
}
