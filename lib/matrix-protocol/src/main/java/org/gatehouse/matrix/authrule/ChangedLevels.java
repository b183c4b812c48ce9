package org.gatehouse.matrix.authrule;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.roomversion.PowerLevelFormat;
import org.gatehouse.matrix.roomversion.RoomVersion;

/**
 * Nobody grants or takes what is above themselves: the last rules on power levels events, on what one changes of the
 * one before it. A level has changed if what it stands for has: {@code "50"} for {@code 50} changes nothing. Versions 1 to
 * 9 have no rule on what the values are but for users; since a value that is no level cannot be compared, it may stand in
 * the first event, and not in a later one.
 */
final class ChangedLevels {
    private final Check check;
    private final PowerLevelFormat format;
    private final JsonObject current;
    private final JsonObject proposed;
    private final long own;

    ChangedLevels(Check check, JsonObject current) {
        this.check = check;
        this.format = check.rules().version().powerLevelFormat();
        this.current = current;
        this.proposed = check.content();
        this.own = check.senderLevel();
    }

    AuthVerdict verdict() {
        for (String name : PowerLevelsRules.LEVELS) {
            OptionalLong before = level(current, name);
            OptionalLong after = level(proposed, name);
            if (after.isEmpty() && proposed.has(name)) {
                return deny(Rule.CHANGED_LEVEL_TO, name + " is no level");
            }
            if (before.equals(after)) {
                continue;
            }
            if (isAbove(before)) {
                return deny(Rule.CHANGED_LEVEL_FROM, name + " is above the sender");
            }
            if (isAbove(after)) {
                return deny(Rule.CHANGED_LEVEL_TO, name + " would be above the sender");
            }
        }
        List<String> byType = levelsByType(check.rules().version());
        if (byType.stream().anyMatch(this::takesFromAbove)) {
            return deny(Rule.REMOVED_TYPE, "the level of a type is above the sender");
        }
        if (byType.stream().anyMatch(this::setsToNoLevel)) {
            return deny(Rule.ADDED_TYPE, "a type has no level for its level");
        }
        if (byType.stream().anyMatch(this::setsToAbove)) {
            return deny(Rule.ADDED_TYPE, "the level of a type would be above the sender");
        }
        if (takesFromAnEqual()) {
            return deny(Rule.REMOVED_USER, "another user's level is not below the sender's");
        }
        if (setsToAbove("users")) {
            return deny(Rule.ADDED_USER, "a user's level would be above the sender's");
        }
        return check.allowByLevels(Rule.POWER_LEVELS_OTHERWISE);
    }

    private static List<String> levelsByType(RoomVersion version) {
        return version.notificationLevelsChecked() ? List.of("events", "notifications") : List.of("events");
    }

    /** Has an entry been changed or removed that stood above the sender? */
    private boolean takesFromAbove(String map) {
        JsonObject before = object(current, map);
        JsonObject after = object(proposed, map);
        return before.names().stream().anyMatch(name -> isAbove(level(before, name)) && isChanged(before, after, name));
    }

    /** Has an entry been added or changed that stands above the sender? */
    private boolean setsToAbove(String map) {
        JsonObject before = object(current, map);
        JsonObject after = object(proposed, map);
        return after.names().stream().anyMatch(name -> isAbove(level(after, name)) && isChanged(before, after, name));
    }

    /** Has the entry of another user been changed or removed who stood at the sender's level or above? */
    private boolean takesFromAnEqual() {
        JsonObject before = object(current, "users");
        JsonObject after = object(proposed, "users");
        return before.names().stream()
                .filter(user -> !user.equals(check.sender()))
                .anyMatch(user -> isAtLeast(level(before, user)) && isChanged(before, after, user));
    }

    private boolean setsToNoLevel(String map) {
        if (!proposed.has(map)) {
            return false;
        }
        Optional<JsonObject> after = proposed.object(map);
        return after.isEmpty()
                || after.get().names().stream()
                        .anyMatch(name -> level(after.get(), name).isEmpty());
    }

    private boolean isChanged(JsonObject before, JsonObject after, String name) {
        return !level(before, name).equals(level(after, name));
    }

    private boolean isAbove(OptionalLong level) {
        return level.isPresent() && level.getAsLong() > own;
    }

    private boolean isAtLeast(OptionalLong level) {
        return level.isPresent() && level.getAsLong() >= own;
    }

    private OptionalLong level(JsonObject holder, String name) {
        return LevelFormat.read(format, holder, name);
    }

    private static JsonObject object(JsonObject content, String name) {
        return content.object(name).orElse(JsonObject.EMPTY);
    }

    private AuthVerdict deny(Rule rule, String reason) {
        return check.denyByLevels(rule, reason);
    }
}
