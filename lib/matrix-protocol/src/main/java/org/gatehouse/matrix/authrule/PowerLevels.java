package org.gatehouse.matrix.authrule;

import java.util.Optional;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.JsonString;
import org.gatehouse.matrix.canonicaljson.JsonValue;
import org.gatehouse.matrix.event.EventTypes;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.matrix.roomversion.RoomVersion;
import org.jspecify.annotations.Nullable;

/**
 * Who has which level in a room, and which level an act requires; with the defaults of the specification where the
 * room has no {@code m.room.power_levels} event or the event is silent. From version 12 the creators stand above every
 * number.
 *
 * <p>Reads the content on demand, so that making one costs nothing.
 */
public final class PowerLevels {

    /** The level of a creator in version 12: greater than every level that an event can state. */
    public static final long INFINITE = Long.MAX_VALUE;

    private static final long CREATOR_WITHOUT_EVENT = 100;

    private final RuleNumbers rules;
    private final @Nullable Pdu create;
    private final @Nullable JsonObject content;

    private PowerLevels(RoomVersion version, @Nullable Pdu create, @Nullable Pdu powerLevels) {
        this.rules = new RuleNumbers(version);
        this.create = create;
        this.content = powerLevels == null ? null : powerLevels.content();
    }

    public static PowerLevels of(RoomVersion version, Pdu create, Optional<Pdu> powerLevels) {
        return new PowerLevels(version, create, powerLevels.orElse(null));
    }

    /** The levels that an event's own auth events give; those that are of other types are passed over. */
    public static PowerLevels ofAuthEvents(RoomVersion version, Iterable<Pdu> authEvents) {
        Pdu create = null;
        Pdu powerLevels = null;
        for (Pdu authEvent : authEvents) {
            if (authEvent.isState(EventTypes.CREATE)) {
                create = authEvent;
            } else if (authEvent.isState(EventTypes.POWER_LEVELS)) {
                powerLevels = authEvent;
            }
        }
        return new PowerLevels(version, create, powerLevels);
    }

    public long userLevel(UserId user) {
        return userLevel(user.value());
    }

    /** The level required to send an event of this type. */
    public long required(String type, boolean isState) {
        if (content != null) {
            var ofType = content.object("events").map(events -> events.integer(type));
            if (ofType.isPresent() && ofType.get().isPresent()) {
                return ofType.get().getAsLong();
            }
        }
        return isState ? level("state_default", 50) : level("events_default", 0);
    }

    public long kick() {
        return level("kick", 50);
    }

    public long ban() {
        return level("ban", 50);
    }

    public long redact() {
        return level("redact", 50);
    }

    public long invite() {
        return level("invite", 0);
    }

    long userLevel(String user) {
        if (create != null && rules.creatorsAreInfinite() && isCreator(create, user)) {
            return INFINITE;
        }
        if (content == null) {
            return create != null && rules.creator(create).equals(user) ? CREATOR_WITHOUT_EVENT : 0;
        }
        var own = content.object("users").map(users -> users.integer(user));
        if (own.isPresent() && own.get().isPresent()) {
            return own.get().getAsLong();
        }
        return level("users_default", 0);
    }

    /** Version 12: the sender of the create event and its {@code additional_creators}. */
    static boolean isCreator(Pdu create, String user) {
        if (create.sender().value().equals(user)) {
            return true;
        }
        Optional<JsonArray> additional = create.content().array("additional_creators");
        if (additional.isEmpty()) {
            return false;
        }
        for (JsonValue creator : additional.get().values()) {
            if (creator instanceof JsonString name && name.value().equals(user)) {
                return true;
            }
        }
        return false;
    }

    private long level(String name, long otherwise) {
        return content == null ? otherwise : content.integer(name).orElse(otherwise);
    }
}
