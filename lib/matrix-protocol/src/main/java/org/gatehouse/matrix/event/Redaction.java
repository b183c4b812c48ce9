package org.gatehouse.matrix.event;

import java.util.Optional;
import org.gatehouse.matrix.canonicaljson.CanonicalMembers;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.JsonValue;
import org.gatehouse.matrix.roomversion.RedactionRules;
import org.gatehouse.matrix.roomversion.RedactionRules.ContentRule;
import org.gatehouse.matrix.roomversion.RoomVersion;

/** The redaction algorithm of each room version (Room versions, "Redactions"). */
public final class Redaction {

    private Redaction() {}

    /** What redaction leaves of an event. {@code unsigned} goes; {@code signatures} and {@code hashes} stay. */
    public static JsonObject redact(RoomVersion version, JsonObject event) {
        RedactionRules rules = version.redaction();
        JsonObject.Builder kept = JsonObject.builder();
        event.forEach((key, value) -> {
            if (rules.topLevel().contains(key)) {
                kept.put(key, value);
            }
        });
        JsonObject redacted = kept.build();
        return redacted.has("content") ? redacted.with("content", content(rules, event)) : redacted;
    }

    /** The canonical form of what redaction leaves, without {@code signatures}: what is signed. */
    static byte[] signedBytes(RoomVersion version, JsonObject event, CanonicalMembers members) {
        RedactionRules rules = version.redaction();
        return members.only(
                key -> rules.topLevel().contains(key) && !key.equals("signatures"), "content", content(rules, event));
    }

    private static JsonObject content(RedactionRules rules, JsonObject event) {
        JsonObject content = event.object("content").orElse(JsonObject.EMPTY);
        Optional<ContentRule> rule = event.string("type").flatMap(rules::content);
        return rule.map(present -> content(present, content)).orElse(JsonObject.EMPTY);
    }

    private static JsonObject content(ContentRule rule, JsonObject content) {
        if (rule.everything()) {
            return content;
        }
        JsonObject.Builder kept = JsonObject.builder();
        for (String key : rule.keys()) {
            kept.putIfPresent(key, content.get(key));
        }
        // A value that should be an object and is not goes whole, as in Synapse: the specification keeps keys inside.
        rule.inside()
                .forEach((key, inner) ->
                        kept.putIfPresent(key, content.object(key).map(it -> only(inner, it))));
        return kept.build();
    }

    private static JsonValue only(Iterable<String> keys, JsonObject object) {
        JsonObject.Builder kept = JsonObject.builder();
        for (String key : keys) {
            kept.putIfPresent(key, object.get(key));
        }
        return kept.build();
    }
}
