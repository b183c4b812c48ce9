package org.gatehouse.testkit.fault;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.JsonValue;

/** What redaction leaves of an event in room versions 1 to 12, written down once more from the specification. */
final class PlainRedaction {

    private static final List<String> KEPT = List.of(
            "event_id",
            "type",
            "room_id",
            "sender",
            "state_key",
            "content",
            "hashes",
            "signatures",
            "depth",
            "prev_events",
            "auth_events",
            "origin_server_ts");
    private static final List<String> KEPT_BEFORE_11 = List.of("prev_state", "origin", "membership");

    private PlainRedaction() {}

    static JsonObject redact(String version, JsonObject event) {
        List<String> names = new ArrayList<>(KEPT);
        if (!isAtLeast(version, 11)) {
            names.addAll(KEPT_BEFORE_11);
        }
        JsonObject kept = only(event, names);
        String type = event.string("type").orElse("");
        JsonObject content = event.object("content").orElse(JsonObject.EMPTY);
        if (type.equals("m.room.create") && isAtLeast(version, 11)) {
            return kept;
        }
        JsonObject left = only(content, ofContent(version, type));
        if (type.equals("m.room.member") && isAtLeast(version, 11)) {
            Optional<JsonValue> signed = content.object("third_party_invite").flatMap(invite -> invite.get("signed"));
            if (signed.isPresent()) {
                left = left.with("third_party_invite", JsonObject.of("signed", signed.get()));
            }
        }
        return kept.with("content", left);
    }

    static boolean isAtLeast(String version, int number) {
        return version.matches("\\d{1,3}") && Integer.parseInt(version) >= number;
    }

    private static List<String> ofContent(String version, String type) {
        List<String> names = new ArrayList<>();
        switch (type) {
            case "m.room.member" -> {
                names.add("membership");
                if (isAtLeast(version, 9)) {
                    names.add("join_authorised_via_users_server");
                }
            }
            case "m.room.create" -> names.add("creator");
            case "m.room.join_rules" -> {
                names.add("join_rule");
                if (isAtLeast(version, 8)) {
                    names.add("allow");
                }
            }
            case "m.room.power_levels" -> {
                names.addAll(List.of(
                        "ban",
                        "events",
                        "events_default",
                        "kick",
                        "redact",
                        "state_default",
                        "users",
                        "users_default"));
                if (isAtLeast(version, 11)) {
                    names.add("invite");
                }
            }
            case "m.room.aliases" -> {
                if (!isAtLeast(version, 6)) {
                    names.add("aliases");
                }
            }
            case "m.room.history_visibility" -> names.add("history_visibility");
            case "m.room.redaction" -> {
                if (isAtLeast(version, 11)) {
                    names.add("redacts");
                }
            }
            default -> {}
        }
        return names;
    }

    private static JsonObject only(JsonObject object, List<String> names) {
        JsonObject kept = JsonObject.EMPTY;
        for (String name : names) {
            Optional<JsonValue> value = object.get(name);
            if (value.isPresent()) {
                kept = kept.with(name, value.get());
            }
        }
        return kept;
    }
}
