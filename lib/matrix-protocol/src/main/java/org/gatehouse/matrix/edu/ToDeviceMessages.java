package org.gatehouse.matrix.edu;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.identifier.UserId;

/**
 * Messages to single devices (Server-Server API, "Send-to-device messaging"). They must not be lost: a receiver that
 * cannot keep them fails the transaction, so that it is sent again, and the message ID tells what came twice. Entries of
 * users that are no user IDs and contents that are no objects are passed over; whether a user is ours is the caller's
 * question.
 *
 * @param eventType the type of all the messages
 * @param messageId unique for the sender, at most 32 code points
 * @param messages by receiver, by device or {@link #ALL_DEVICES}, the content
 */
public record ToDeviceMessages(
        UserId sender, String eventType, String messageId, SortedMap<UserId, SortedMap<String, JsonObject>> messages)
        implements Edu {

    public static final String TYPE = "m.direct_to_device";

    /** Stands in place of a device ID for every device that the user has. */
    public static final String ALL_DEVICES = "*";

    public static final int MAX_MESSAGE_ID_CODE_POINTS = 32;

    public ToDeviceMessages {
        SortedMap<UserId, SortedMap<String, JsonObject>> copy = new TreeMap<>();
        messages.forEach(
                (user, byDevice) -> copy.put(user, Collections.unmodifiableSortedMap(new TreeMap<>(byDevice))));
        messages = Collections.unmodifiableSortedMap(copy);
    }

    static ToDeviceMessages read(EduFields content) {
        UserId sender = content.ownUser("sender");
        String eventType = content.text("type");
        String messageId = content.text("message_id");
        if (messageId.codePointCount(0, messageId.length()) > MAX_MESSAGE_ID_CODE_POINTS) {
            throw new MalformedEdu("message_id has more than " + MAX_MESSAGE_ID_CODE_POINTS + " code points");
        }
        JsonObject byUser = content.object("messages");
        SortedMap<UserId, SortedMap<String, JsonObject>> messages = new TreeMap<>();
        for (String user : byUser.names()) {
            content.entry(() -> receiver(user))
                    .ifPresent(receiver -> content.entry(() -> contents(content, byUser, user))
                            .ifPresent(contents -> messages.put(receiver, contents)));
        }
        return new ToDeviceMessages(sender, eventType, messageId, messages);
    }

    @Override
    public String type() {
        return TYPE;
    }

    private static UserId receiver(String user) {
        return UserId.tryParse(user).orElseThrow(() -> new MalformedEdu("a key is no user ID"));
    }

    private static SortedMap<String, JsonObject> contents(EduFields content, JsonObject byUser, String user) {
        EduFields byDevice = content.inside(content.inside(byUser).object(user, "a user's entry"));
        SortedMap<String, JsonObject> contents = new TreeMap<>();
        for (String device : byDevice.json().names()) {
            byDevice.entry(() -> byDevice.object(device, "a message"))
                    .ifPresent(message -> contents.put(device, message));
        }
        return contents;
    }
}
