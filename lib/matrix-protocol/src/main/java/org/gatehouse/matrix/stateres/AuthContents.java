package org.gatehouse.matrix.stateres;

import java.util.Map;
import java.util.TreeMap;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.JsonString;
import org.gatehouse.matrix.canonicaljson.JsonValue;
import org.gatehouse.matrix.event.EventTypes;
import org.gatehouse.matrix.event.Pdu;

/** Contents cut down to what the authorisation rules read. Most members share theirs. */
final class AuthContents {
    private static final String MEMBERSHIP = "membership";
    private static final String JOIN_RULE = "join_rule";
    private static final String[] OTHERS_OF_MEMBER = {"join_authorised_via_users_server", "third_party_invite"};
    private static final int MOST_SHARED = 64;

    private final Map<String, JsonObject> shared = new TreeMap<>();

    JsonObject of(Pdu event) {
        JsonObject content = event.content();
        return switch (event.type()) {
            case EventTypes.POWER_LEVELS, EventTypes.THIRD_PARTY_INVITE -> content;
            case EventTypes.MEMBER -> ofMember(content);
            case EventTypes.JOIN_RULES -> only(JOIN_RULE, content);
            default -> JsonObject.EMPTY;
        };
    }

    private JsonObject ofMember(JsonObject content) {
        JsonObject kept = only(MEMBERSHIP, content);
        for (String name : OTHERS_OF_MEMBER) {
            if (content.has(name)) {
                kept = kept.with(name, content.get(name).orElseThrow());
            }
        }
        return kept;
    }

    private JsonObject only(String name, JsonObject content) {
        if (!content.has(name)) {
            return JsonObject.EMPTY;
        }
        JsonValue value = content.get(name).orElseThrow();
        if (!(value instanceof JsonString word)) {
            return JsonObject.of(name, value);
        }
        JsonObject known = shared.get(word.value());
        if (known == null || !known.has(name)) {
            known = JsonObject.of(name, value);
            if (shared.size() < MOST_SHARED) {
                shared.put(word.value(), known);
            }
        }
        return known;
    }
}
