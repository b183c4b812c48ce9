package org.gatehouse.matrix.edu;

import java.util.List;
import java.util.Optional;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.identifier.UserId;

/**
 * A user's device is new, changed or gone (Server-Server API, "Device Management").
 *
 * @param streamId the number of this update, unique for the user
 * @param prevIds the updates before it; one that is not known here means that some were lost, and that the whole list is
 *     to be asked for
 * @param keys the device's identity keys, of this user and device, where it has any
 */
public record DeviceListUpdate(
        UserId userId,
        String deviceId,
        long streamId,
        List<Long> prevIds,
        Optional<String> displayName,
        boolean deleted,
        Optional<JsonObject> keys)
        implements Edu {

    public static final String TYPE = "m.device_list_update";

    public DeviceListUpdate {
        prevIds = List.copyOf(prevIds);
    }

    static DeviceListUpdate read(EduFields content) {
        UserId userId = content.ownUser("user_id");
        String deviceId = content.text("device_id");
        return new DeviceListUpdate(
                userId,
                deviceId,
                content.integer("stream_id"),
                content.optionalIntegers("prev_id"),
                content.optionalText("device_display_name"),
                content.boolOrFalse("deleted"),
                content.optionalObject("keys").map(keys -> requireOf(userId, deviceId, keys)));
    }

    @Override
    public String type() {
        return TYPE;
    }

    private static JsonObject requireOf(UserId userId, String deviceId, JsonObject keys) {
        boolean matches = keys.string("user_id").equals(Optional.of(userId.value()))
                && keys.string("device_id").equals(Optional.of(deviceId));
        if (!matches) {
            throw new MalformedEdu("keys are of another user or device");
        }
        return keys;
    }
}
