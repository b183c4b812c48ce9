package org.gatehouse.matrix.stateres;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.event.StateKey;
import org.jspecify.annotations.Nullable;

/**
 * The authorisation rules a second time, written down as they are read, for the kinds of events that {@link RandomRoom}
 * makes. Knows nothing of the real ones.
 */
final class OracleRules {
    private OracleRules() {}

    static boolean allows(Pdu e, Function<StateKey, @Nullable Pdu> state) {
        if (e.type().equals("m.room.create")) {
            return e.prevEvents().isEmpty();
        }
        Pdu create = state.apply(new StateKey("m.room.create", ""));
        if (create == null) {
            return false;
        }
        Pdu power = state.apply(new StateKey("m.room.power_levels", ""));
        boolean v12 = e.roomVersion().id().equals("12");
        if (v12
                && !e.roomId()
                        .value()
                        .substring(1)
                        .equals(create.eventId().value().substring(1))) {
            return false;
        }
        String sender = e.sender().value();
        String senderIs = membership(sender, state);
        if (e.type().equals("m.room.member")) {
            return allowsMember(e, create, power, state, sender, senderIs);
        }
        if (!senderIs.equals("join")) {
            return false;
        }
        long level = level(sender, create, power);
        long required = number(power, e.isState() ? "state_default" : "events_default", e.isState() ? 50 : 0);
        if (power != null) {
            required = power.content()
                    .object("events")
                    .orElse(JsonObject.EMPTY)
                    .integer(e.type())
                    .orElse(required);
        }
        if (required > level) {
            return false;
        }
        String key = e.stateKey().orElse("");
        if (key.startsWith("@") && !key.equals(sender)) {
            return false;
        }
        return !e.type().equals("m.room.power_levels") || allowsPower(e, create, power, sender, level);
    }

    private static boolean allowsMember(
            Pdu e,
            Pdu create,
            @Nullable Pdu power,
            Function<StateKey, @Nullable Pdu> state,
            String sender,
            String senderIs) {
        String target = e.stateKey().orElseThrow();
        String targetIs = membership(target, state);
        long level = level(sender, create, power);
        long targetLevel = level(target, create, power);
        Pdu joinRules = state.apply(new StateKey("m.room.join_rules", ""));
        String joinRule = joinRules == null
                ? "invite"
                : joinRules.content().string("join_rule").orElseThrow();
        switch (e.content().string("membership").orElseThrow()) {
            case "join":
                if (e.prevEvents().equals(List.of(create.eventId())) && target.equals(creator(create))) {
                    return true;
                }
                if (!sender.equals(target) || targetIs.equals("ban")) {
                    return false;
                }
                if (joinRule.equals("public")) {
                    return true;
                }
                return targetIs.equals("join") || targetIs.equals("invite");
            case "invite":
                return senderIs.equals("join")
                        && !targetIs.equals("join")
                        && !targetIs.equals("ban")
                        && level >= number(power, "invite", 0);
            case "leave":
                if (sender.equals(target)) {
                    return targetIs.equals("join") || targetIs.equals("invite") || targetIs.equals("knock");
                }
                if (!senderIs.equals("join")) {
                    return false;
                }
                if (targetIs.equals("ban") && level < number(power, "ban", 50)) {
                    return false;
                }
                return level >= number(power, "kick", 50) && targetLevel < level;
            case "ban":
                return senderIs.equals("join") && level >= number(power, "ban", 50) && targetLevel < level;
            case "knock":
                return joinRule.equals("knock")
                        && sender.equals(target)
                        && (targetIs.equals("leave") || targetIs.equals("knock"));
            default:
                return false;
        }
    }

    private static boolean allowsPower(Pdu e, Pdu create, @Nullable Pdu power, String sender, long level) {
        JsonObject newUsers = e.content().object("users").orElse(JsonObject.EMPTY);
        if (e.roomVersion().id().equals("12") && newUsers.has(create.sender().value())) {
            return false;
        }
        if (power == null) {
            return true;
        }
        for (String name :
                List.of("users_default", "events_default", "state_default", "ban", "kick", "invite", "redact")) {
            var before = power.content().integer(name);
            var after = e.content().integer(name);
            if (!before.equals(after)
                    && (before.orElse(Long.MIN_VALUE) > level || after.orElse(Long.MIN_VALUE) > level)) {
                return false;
            }
        }
        for (String part : List.of("events", "notifications", "users")) {
            JsonObject old = power.content().object(part).orElse(JsonObject.EMPTY);
            JsonObject young = e.content().object(part).orElse(JsonObject.EMPTY);
            Set<String> names = new TreeSet<>(old.names());
            names.addAll(young.names());
            for (String name : names) {
                if (old.integer(name).equals(young.integer(name))) {
                    continue;
                }
                long before = old.integer(name).orElse(Long.MIN_VALUE);
                boolean othersEntry = part.equals("users") && !name.equals(sender);
                if (before > level || othersEntry && before == level && old.has(name)) {
                    return false;
                }
                if (young.integer(name).orElse(Long.MIN_VALUE) > level) {
                    return false;
                }
            }
        }
        return true;
    }

    static String membership(String user, Function<StateKey, @Nullable Pdu> state) {
        Pdu member = state.apply(new StateKey("m.room.member", user));
        return member == null ? "leave" : member.content().string("membership").orElseThrow();
    }

    static long level(String user, @Nullable Pdu create, @Nullable Pdu power) {
        boolean isCreator = create != null && user.equals(creator(create));
        if (isCreator && create.roomVersion().id().equals("12")) {
            return Long.MAX_VALUE;
        }
        if (power == null) {
            return isCreator ? 100 : 0;
        }
        return power.content()
                .object("users")
                .orElse(JsonObject.EMPTY)
                .integer(user)
                .orElse(number(power, "users_default", 0));
    }

    private static String creator(Pdu create) {
        return create.roomVersion().id().equals("10")
                ? create.content().string("creator").orElseThrow()
                : create.sender().value();
    }

    private static long number(@Nullable Pdu power, String name, long otherwise) {
        return power == null ? otherwise : power.content().integer(name).orElse(otherwise);
    }
}
