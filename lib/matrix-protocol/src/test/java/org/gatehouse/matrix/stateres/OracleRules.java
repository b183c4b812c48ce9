package org.gatehouse.matrix.stateres;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.gatehouse.matrix.canonicaljson.JsonNumber;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.JsonString;
import org.gatehouse.matrix.canonicaljson.JsonValue;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.event.StateKey;
import org.jspecify.annotations.Nullable;

/**
 * The authorisation rules a second time, written down as they are read, for the kinds of events that {@link RandomRoom}
 * makes. Knows nothing of the real ones.
 */
final class OracleRules {
    private static final List<String> NAMED =
            List.of("users_default", "events_default", "state_default", "ban", "kick", "invite", "redact");

    private final int version;
    private final Pdu e;
    private final Function<StateKey, @Nullable Pdu> state;
    private final String sender;

    private OracleRules(Pdu e, Function<StateKey, @Nullable Pdu> state) {
        this.version = number(e.roomVersion().id());
        this.e = e;
        this.state = state;
        this.sender = e.sender().value();
    }

    static boolean allows(Pdu e, Function<StateKey, @Nullable Pdu> state) {
        return new OracleRules(e, state).allows();
    }

    static int number(String version) {
        return switch (version) {
            case "org.matrix.hydra.11" -> 12;
            case "org.matrix.msc1767.10" -> 10;
            default -> Integer.parseInt(version);
        };
    }

    private boolean allows() {
        if (e.type().equals("m.room.create")) {
            return e.prevEvents().isEmpty();
        }
        Pdu create = state.apply(new StateKey("m.room.create", ""));
        if (create == null) {
            return false;
        }
        Pdu power = state.apply(new StateKey("m.room.power_levels", ""));
        if (version == 12
                && !e.roomId()
                        .value()
                        .substring(1)
                        .equals(create.eventId().value().substring(1))) {
            return false;
        }
        if (version <= 5 && e.type().equals("m.room.aliases")) {
            return e.stateKey().filter(domain(sender)::equals).isPresent();
        }
        if (e.type().equals("m.room.member")) {
            return allowsMember(create, power);
        }
        if (!membership(sender).equals("join")) {
            return false;
        }
        long level = level(e.roomVersion().id(), sender, create, power);
        long required = named(power, e.isState() ? "state_default" : "events_default", e.isState() ? 50 : 0);
        if (power != null) {
            required = read(part(power, "events"), e.type()).orElse(required);
        }
        if (required > level) {
            return false;
        }
        String key = e.stateKey().orElse("");
        if (key.startsWith("@") && !key.equals(sender)) {
            return false;
        }
        return !e.type().equals("m.room.power_levels") || allowsPower(create, power, level);
    }

    private boolean allowsMember(Pdu create, @Nullable Pdu power) {
        String senderIs = membership(sender);
        String target = e.stateKey().orElseThrow();
        String targetIs = membership(target);
        long level = level(e.roomVersion().id(), sender, create, power);
        long targetLevel = level(e.roomVersion().id(), target, create, power);
        Optional<String> authoriser = e.content().string("join_authorised_via_users_server");
        if (version >= 8 && authoriser.isPresent() && !isSignedBy(domain(authoriser.get()))) {
            return false;
        }
        switch (e.content().string("membership").orElseThrow()) {
            case "join":
                if (e.prevEvents().equals(List.of(create.eventId())) && target.equals(creator(create))) {
                    return true;
                }
                return sender.equals(target) && !targetIs.equals("ban") && mayJoin(targetIs, authoriser, create, power);
            case "invite":
                return senderIs.equals("join")
                        && !targetIs.equals("join")
                        && !targetIs.equals("ban")
                        && level >= named(power, "invite", 0);
            case "leave":
                if (sender.equals(target)) {
                    return targetIs.equals("join")
                            || targetIs.equals("invite")
                            || version >= 7 && targetIs.equals("knock");
                }
                if (!senderIs.equals("join")) {
                    return false;
                }
                if (targetIs.equals("ban") && level < named(power, "ban", 50)) {
                    return false;
                }
                return level >= named(power, "kick", 50) && targetLevel < level;
            case "ban":
                return senderIs.equals("join") && level >= named(power, "ban", 50) && targetLevel < level;
            case "knock":
                boolean takesKnocks = version >= 7 && joinRule().equals("knock")
                        || version >= 10 && joinRule().equals("knock_restricted");
                return takesKnocks
                        && sender.equals(target)
                        && !List.of("ban", "invite", "join").contains(targetIs);
            default:
                return false;
        }
    }

    private boolean mayJoin(String is, Optional<String> authoriser, Pdu create, @Nullable Pdu power) {
        String rule = joinRule();
        boolean isInvited = is.equals("invite") || is.equals("join");
        if (rule.equals("public")) {
            return true;
        }
        if (rule.equals("invite") || version >= 7 && rule.equals("knock")) {
            return isInvited;
        }
        if (version >= 8 && rule.equals("restricted") || version >= 10 && rule.equals("knock_restricted")) {
            return isInvited
                    || authoriser.isPresent()
                            && membership(authoriser.get()).equals("join")
                            && level(e.roomVersion().id(), authoriser.get(), create, power)
                                    >= named(power, "invite", 0);
        }
        return false;
    }

    private boolean allowsPower(Pdu create, @Nullable Pdu power, long level) {
        if (version >= 10 && !hasIntegersOnly()) {
            return false;
        }
        JsonObject newUsers = part(e, "users");
        if (version == 12 && creators(create).stream().anyMatch(newUsers::has)) {
            return false;
        }
        if (power == null) {
            return true;
        }
        for (String name : NAMED) {
            Optional<Long> before = read(power.content(), name);
            Optional<Long> after = read(e.content(), name);
            if (!before.equals(after)
                    && (before.orElse(Long.MIN_VALUE) > level || after.orElse(Long.MIN_VALUE) > level)) {
                return false;
            }
        }
        List<String> parts = new ArrayList<>(List.of("events", "users"));
        if (version >= 6) {
            parts.add("notifications");
        }
        for (String part : parts) {
            JsonObject old = part(power, part);
            JsonObject young = part(e, part);
            Set<String> names = new TreeSet<>(old.names());
            names.addAll(young.names());
            for (String name : names) {
                if (read(old, name).equals(read(young, name))) {
                    continue;
                }
                long before = read(old, name).orElse(Long.MIN_VALUE);
                boolean othersEntry = part.equals("users") && !name.equals(sender);
                if (before > level || othersEntry && before == level && old.has(name)) {
                    return false;
                }
                if (read(young, name).orElse(Long.MIN_VALUE) > level) {
                    return false;
                }
            }
        }
        return true;
    }

    private boolean hasIntegersOnly() {
        for (String name : NAMED) {
            if (e.content()
                    .get(name)
                    .filter(value -> !(value instanceof JsonNumber))
                    .isPresent()) {
                return false;
            }
        }
        for (String part : List.of("events", "users", "notifications")) {
            for (String name : part(e, part).names()) {
                if (!(part(e, part).get(name).orElseThrow() instanceof JsonNumber)) {
                    return false;
                }
            }
        }
        return true;
    }

    private boolean isSignedBy(String server) {
        return e.json()
                .object("signatures")
                .flatMap(signatures -> signatures.object(server))
                .isPresent();
    }

    private String membership(String user) {
        Pdu member = state.apply(new StateKey("m.room.member", user));
        return member == null ? "leave" : member.content().string("membership").orElseThrow();
    }

    private String joinRule() {
        Pdu joinRules = state.apply(new StateKey("m.room.join_rules", ""));
        return joinRules == null
                ? "invite"
                : joinRules.content().string("join_rule").orElseThrow();
    }

    static long level(String versionId, String user, @Nullable Pdu create, @Nullable Pdu power) {
        boolean isCreator = create != null && creators(create).contains(user);
        if (isCreator && number(versionId) == 12) {
            return Long.MAX_VALUE;
        }
        if (power == null) {
            return isCreator ? 100 : 0;
        }
        return read(part(power, "users"), user).orElse(named(power, "users_default", 0));
    }

    private static List<String> creators(Pdu create) {
        List<String> creators = new ArrayList<>(List.of(creator(create)));
        if (number(create.roomVersion().id()) == 12) {
            create.content().array("additional_creators").ifPresent(more -> creators.addAll(more.strings()));
        }
        return creators;
    }

    private static String creator(Pdu create) {
        return number(create.roomVersion().id()) <= 10
                ? create.content().string("creator").orElseThrow()
                : create.sender().value();
    }

    private static JsonObject part(Pdu event, String name) {
        return event.content().object(name).orElse(JsonObject.EMPTY);
    }

    private static long named(@Nullable Pdu power, String name, long otherwise) {
        return power == null ? otherwise : read(power.content(), name).orElse(otherwise);
    }

    /** A level as a number, or as old rooms have it: in a string, with blanks around and signs and zeros before it. */
    private static Optional<Long> read(JsonObject from, String name) {
        JsonValue value = from.get(name).orElse(null);
        if (value instanceof JsonNumber number) {
            return Optional.of(number.asLong().orElseThrow());
        }
        return value instanceof JsonString string
                ? Optional.of(Long.parseLong(string.value().strip()))
                : Optional.empty();
    }

    private static String domain(String user) {
        return user.substring(user.indexOf(':') + 1);
    }
}
