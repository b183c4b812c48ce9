package org.gatehouse.matrix.edu;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.JsonValue;
import org.gatehouse.matrix.identifier.UserId;

/**
 * Whether users are there (Server-Server API, "Presence"). Entries of users of other servers and malformed ones are
 * passed over.
 *
 * @param updates in the order in which they came
 */
public record PresenceUpdates(List<UserPresence> updates) implements Edu {

    public static final String TYPE = "m.presence";

    /** The three states. */
    public enum Presence {
        ONLINE("online"),
        UNAVAILABLE("unavailable"),
        OFFLINE("offline");

        private final String wireForm;

        Presence(String wireForm) {
            this.wireForm = wireForm;
        }

        static Presence of(String text) {
            for (Presence presence : values()) {
                if (presence.wireForm.equals(text)) {
                    return presence;
                }
            }
            throw new MalformedEdu("presence is none of the three");
        }

        @Override
        public String toString() {
            return wireForm;
        }
    }

    /**
     * The state of one user.
     *
     * @param lastActiveAgo milliseconds since it last did something
     * @param statusMessage what it says of itself
     * @param currentlyActive whether it is probably in front of a client now
     */
    public record UserPresence(
            UserId userId,
            Presence presence,
            long lastActiveAgo,
            Optional<String> statusMessage,
            boolean currentlyActive) {}

    public PresenceUpdates {
        updates = List.copyOf(updates);
    }

    static PresenceUpdates read(EduFields content) {
        List<UserPresence> updates = new ArrayList<>();
        for (JsonValue entry : content.array("push").values()) {
            content.entry(() -> update(content, entry)).ifPresent(updates::add);
        }
        return new PresenceUpdates(updates);
    }

    @Override
    public String type() {
        return TYPE;
    }

    private static UserPresence update(EduFields content, JsonValue entry) {
        JsonObject object = entry.asObject().orElseThrow(() -> new MalformedEdu("an update is no object"));
        EduFields update = content.inside(object);
        return new UserPresence(
                update.ownUser("user_id"),
                Presence.of(update.text("presence")),
                update.integer("last_active_ago"),
                update.optionalText("status_msg"),
                update.boolOrFalse("currently_active"));
    }
}
