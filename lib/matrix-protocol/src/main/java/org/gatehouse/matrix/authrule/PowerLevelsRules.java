package org.gatehouse.matrix.authrule;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.gatehouse.matrix.canonicaljson.JsonNumber;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.JsonValue;
import org.gatehouse.matrix.identifier.UserId;

/**
 * Rule 9, in version 12 rule 10: a power levels event is well formed, and nobody grants or takes what is above
 * themselves.
 */
final class PowerLevelsRules {
    private static final List<String> LEVELS =
            List.of("users_default", "events_default", "state_default", "ban", "redact", "kick", "invite");
    private static final List<String> TYPES = List.of("events", "notifications");

    private final Check check;
    private final RuleNumbers rules;
    private final JsonObject proposed;

    private PowerLevelsRules(Check check) {
        this.check = check;
        this.rules = check.rules();
        this.proposed = check.content();
    }

    static AuthVerdict check(Check check) {
        return new PowerLevelsRules(check).verdict();
    }

    private AuthVerdict verdict() {
        for (String name : LEVELS) {
            if (proposed.has(name) && !isInteger(proposed.get(name).orElseThrow())) {
                return deny(".1", name + " is not an integer");
            }
        }
        for (String name : TYPES) {
            if (proposed.has(name) && !hasIntegersOnly(proposed.object(name))) {
                return deny(".2", name + " is not an object of integers");
            }
        }
        if (proposed.has("users") && !hasUsersOnly(proposed.object("users"))) {
            return deny(".3", "users is not an object of user IDs and integers");
        }
        if (rules.creatorsAreInfinite() && namesACreator()) {
            return deny(".4", "users contains a creator of the room");
        }
        if (check.powerLevelsEvent().isEmpty()) {
            return rules.allow(rules.powerLevels(), number(4));
        }
        return change(check.powerLevelsEvent().get().content());
    }

    private AuthVerdict change(JsonObject current) {
        long own = check.senderLevel();
        for (String name : LEVELS) {
            OptionalLong before = current.integer(name);
            OptionalLong after = proposed.integer(name);
            if (before.equals(after)) {
                continue;
            }
            if (isAbove(before, own)) {
                return deny(number(5) + ".1", name + " is above the sender");
            }
            if (isAbove(after, own)) {
                return deny(number(5) + ".2", name + " would be above the sender");
            }
        }
        for (String name : TYPES) {
            if (changesFromAbove(object(current, name), object(proposed, name), own)) {
                return deny(number(6) + ".1", name + ": an entry is above the sender");
            }
        }
        for (String name : TYPES) {
            if (changesToAbove(object(current, name), object(proposed, name), own)) {
                return deny(number(7) + ".1", name + ": an entry would be above the sender");
            }
        }
        JsonObject users = object(current, "users");
        if (changesFromAbove(
                users.without(check.sender()), object(proposed, "users").without(check.sender()), own - 1)) {
            return deny(number(8) + ".1", "users: another user's level is not below the sender's");
        }
        if (changesToAbove(users, object(proposed, "users"), own)) {
            return deny(number(9) + ".1", "users: a level would be above the sender's");
        }
        return rules.allow(rules.powerLevels(), number(10));
    }

    private boolean namesACreator() {
        JsonObject users = object(proposed, "users");
        return users.names().stream().anyMatch(user -> PowerLevels.isCreator(check.create(), user));
    }

    /** Has an entry been changed or removed that stood above this level? */
    private static boolean changesFromAbove(JsonObject before, JsonObject after, long level) {
        return before.names().stream()
                .filter(name -> !before.integer(name).equals(after.integer(name)))
                .anyMatch(name -> isAbove(before.integer(name), level));
    }

    /** Has an entry been added or changed that stands above this level? */
    private static boolean changesToAbove(JsonObject before, JsonObject after, long level) {
        return after.names().stream()
                .filter(name -> !before.integer(name).equals(after.integer(name)))
                .anyMatch(name -> isAbove(after.integer(name), level));
    }

    private static boolean isAbove(OptionalLong value, long level) {
        return value.isPresent() && value.getAsLong() > level;
    }

    private static boolean hasIntegersOnly(Optional<JsonObject> levels) {
        if (levels.isEmpty()) {
            return false;
        }
        return levels.get().names().stream()
                .allMatch(name -> isInteger(levels.get().get(name).orElseThrow()));
    }

    private static boolean hasUsersOnly(Optional<JsonObject> levels) {
        return hasIntegersOnly(levels)
                && levels.orElseThrow().names().stream()
                        .allMatch(name -> UserId.tryParse(name).isPresent());
    }

    private static boolean isInteger(JsonValue value) {
        return value instanceof JsonNumber number
                && number.isInteger()
                && number.asLong().isPresent();
    }

    private static JsonObject object(JsonObject content, String name) {
        return content.object(name).orElse(JsonObject.EMPTY);
    }

    /** Version 12 has one rule more, on the creators, before the fourth of the others. */
    private String number(int rule) {
        return "." + (rules.creatorsAreInfinite() ? rule + 1 : rule);
    }

    private AuthVerdict deny(String rest, String reason) {
        return rules.deny(rules.powerLevels(), rest, reason);
    }
}
