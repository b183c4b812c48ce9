package org.gatehouse.matrix.authrule;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.gatehouse.matrix.canonicaljson.JsonNumber;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.JsonValue;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.matrix.roomversion.PowerLevelFormat;

/** Power levels events: rule 9 of version 11. What they may hold is here, what they may change in {@link ChangedLevels}. */
final class PowerLevelsRules {
    static final List<String> LEVELS =
            List.of("users_default", "events_default", "state_default", "ban", "redact", "kick", "invite");

    private static final List<String> TYPES = List.of("events", "notifications");

    private final Check check;
    private final PowerLevelFormat format;
    private final JsonObject proposed;

    private PowerLevelsRules(Check check) {
        this.check = check;
        this.format = check.rules().version().powerLevelFormat();
        this.proposed = check.content();
    }

    static AuthVerdict check(Check check) {
        return new PowerLevelsRules(check).verdict();
    }

    private AuthVerdict verdict() {
        if (format == PowerLevelFormat.INTEGERS) {
            for (String name : LEVELS) {
                if (isPresentBut(name, this::isNoLevel)) {
                    return check.deny(Rule.POWER_LEVELS_INTEGERS, name + " is not an integer");
                }
            }
            for (String name : TYPES) {
                if (isPresentBut(name, this::isNotByLevel)) {
                    return check.deny(Rule.POWER_LEVELS_BY_TYPE, name + " is not an object of integers");
                }
            }
        }
        if (isPresentBut("users", this::isNotByLevel) || !namesUsersOnly()) {
            return check.deny(Rule.POWER_LEVELS_USERS, "users is not an object of user IDs and levels");
        }
        if (format == PowerLevelFormat.LENIENT && holdsANumberOutOfRange()) {
            return check.deny(Rule.POWER_LEVELS_USERS, "a level is beyond the range of a double");
        }
        if (check.rules().version().privilegedCreators() && namesACreator()) {
            return check.deny(Rule.POWER_LEVELS_CREATORS, "users contains a creator of the room", check.createEvent());
        }
        Optional<JsonObject> current = check.powerLevelsEvent().map(event -> event.content());
        return current.isEmpty()
                ? check.allow(Rule.POWER_LEVELS_FIRST)
                : new ChangedLevels(check, current.get()).verdict();
    }

    private boolean isPresentBut(String name, Predicate<JsonValue> isWrong) {
        Optional<JsonValue> value = proposed.get(name);
        return value.isPresent() && isWrong.test(value.get());
    }

    private boolean isNoLevel(JsonValue value) {
        return LevelFormat.read(format, value).isEmpty();
    }

    private boolean isNotByLevel(JsonValue value) {
        return !(value instanceof JsonObject levels)
                || levels.names().stream()
                        .anyMatch(name -> LevelFormat.read(format, levels, name).isEmpty());
    }

    private boolean namesUsersOnly() {
        return users().names().stream().allMatch(name -> UserId.tryParse(name).isPresent());
    }

    private boolean namesACreator() {
        JsonObject users = users();
        return Creators.of(check.create()).stream().anyMatch(users::has);
    }

    private JsonObject users() {
        return proposed.object("users").orElse(JsonObject.EMPTY);
    }

    /** "Values outside the range represented by IEEE754 binary64 cause the power level event to be rejected." */
    private boolean holdsANumberOutOfRange() {
        return LEVELS.stream().anyMatch(name -> isOutOfRange(proposed, name))
                || TYPES.stream()
                        .flatMap(name -> proposed.object(name).stream())
                        .anyMatch(levels -> levels.names().stream().anyMatch(name -> isOutOfRange(levels, name)));
    }

    private boolean isOutOfRange(JsonObject holder, String name) {
        Optional<JsonValue> value = holder.get(name);
        return value.isPresent() && value.get() instanceof JsonNumber && isNoLevel(value.get());
    }
}
