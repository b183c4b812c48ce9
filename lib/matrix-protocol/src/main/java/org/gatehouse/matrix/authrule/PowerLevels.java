package org.gatehouse.matrix.authrule;

import java.util.Optional;
import java.util.OptionalLong;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.event.EventFacts;
import org.gatehouse.matrix.event.EventTypes;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.matrix.roomversion.RoomVersion;
import org.jspecify.annotations.Nullable;

/**
 * Who has which level in a room, and which level an act requires; with the defaults of the specification where the
 * room has no {@code m.room.power_levels} event or the event is silent. From version 12 the creators stand above every
 * number. A value that the room version does not take for a level ({@link
 * org.gatehouse.matrix.roomversion.PowerLevelFormat}) is as if it were not there.
 *
 * <p>Reads the content on demand: making one costs nothing and a question costs a binary search, so that there is
 * nothing to gain by keeping one.
 */
public final class PowerLevels {

    /** The level of a creator in version 12: greater than every level that an event can state. */
    public static final long INFINITE = Long.MAX_VALUE;

    private static final long CREATOR_WITHOUT_EVENT = 100;

    private final RoomVersion version;
    private final @Nullable EventFacts create;
    private final @Nullable JsonObject content;

    private PowerLevels(RoomVersion version, @Nullable EventFacts create, @Nullable EventFacts powerLevels) {
        this.version = version;
        this.create = create;
        this.content = powerLevels == null ? null : powerLevels.content();
    }

    public static PowerLevels of(RoomVersion version, EventFacts create, Optional<? extends EventFacts> powerLevels) {
        return new PowerLevels(version, create, powerLevels.orElse(null));
    }

    /** The levels that an event's own auth events give; those that are of other types are passed over. */
    public static PowerLevels ofAuthEvents(RoomVersion version, Iterable<? extends EventFacts> authEvents) {
        EventFacts create = null;
        EventFacts powerLevels = null;
        for (EventFacts authEvent : authEvents) {
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
        OptionalLong ofType = entry("events", type);
        if (ofType.isPresent()) {
            return ofType.getAsLong();
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
        if (create != null && version.privilegedCreators() && Creators.include(create, user)) {
            return INFINITE;
        }
        if (content == null) {
            return create != null && Creators.founder(create).equals(user) ? CREATOR_WITHOUT_EVENT : 0;
        }
        OptionalLong own = entry("users", user);
        return own.isPresent() ? own.getAsLong() : level("users_default", 0);
    }

    private OptionalLong entry(String map, String name) {
        if (content == null) {
            return OptionalLong.empty();
        }
        Optional<JsonObject> entries = content.object(map);
        return entries.isEmpty() ? OptionalLong.empty() : read(entries.get(), name);
    }

    private long level(String name, long otherwise) {
        return content == null ? otherwise : read(content, name).orElse(otherwise);
    }

    private OptionalLong read(JsonObject holder, String name) {
        return LevelFormat.read(version.powerLevelFormat(), holder, name);
    }
}
