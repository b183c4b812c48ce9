package org.gatehouse.cluster;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Optional;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.identifier.UserId;

/**
 * What an EDU of a peer says of one room or to one user (topic edu-received). Ingress has checked its form, that the
 * users it speaks for are the origin's, and of a room that the addressed name is in it and that its server ACL lets the
 * origin in. Whether the acting user is in the room, the reader asks.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ReceivedEdu.Typing.class, name = "typing"),
    @JsonSubTypes.Type(value = ReceivedEdu.ReadReceipts.class, name = "receipts"),
    @JsonSubTypes.Type(value = ReceivedEdu.Presence.class, name = "presence"),
    @JsonSubTypes.Type(value = ReceivedEdu.ToDevice.class, name = "to-device"),
    @JsonSubTypes.Type(value = ReceivedEdu.DeviceList.class, name = "device-list"),
    @JsonSubTypes.Type(value = ReceivedEdu.SigningKeys.class, name = "signing-keys")
})
public sealed interface ReceivedEdu extends ClusterRecord {

    /** The authenticated server. */
    ServerName origin();

    /** The hosted name that was addressed. */
    ServerName destination();

    /** The type of the EDU that said it. */
    @JsonIgnore
    String eduType();

    /** A user has begun or ceased to type. Key: room ID. */
    record Typing(ServerName origin, ServerName destination, RoomId roomId, UserId userId, boolean typing)
            implements ReceivedEdu {
        @Override
        public String eduType() {
            return "m.typing";
        }

        @Override
        public String key() {
            return roomId.toString();
        }
    }

    /** How far users have read a room; whom it does not name, it says nothing of. Key: room ID. */
    record ReadReceipts(ServerName origin, ServerName destination, RoomId roomId, List<Read> receipts)
            implements ReceivedEdu {
        public ReadReceipts {
            receipts = List.copyOf(receipts);
        }

        @Override
        public String eduType() {
            return "m.receipt";
        }

        @Override
        public String key() {
            return roomId.toString();
        }
    }

    /**
     * One user has read up to an event.
     *
     * @param ts when, in milliseconds since the epoch
     * @param threadId {@code main} or the ID of a thread's root; absent for a receipt that is of no thread
     */
    record Read(UserId userId, EventId eventId, long ts, Optional<String> threadId) {}

    /**
     * Whether a user is there. Key: user ID.
     *
     * @param presence {@code online}, {@code unavailable} or {@code offline}
     * @param lastActiveAgo milliseconds
     */
    record Presence(
            ServerName origin,
            ServerName destination,
            UserId userId,
            String presence,
            long lastActiveAgo,
            Optional<String> statusMessage,
            boolean currentlyActive)
            implements ReceivedEdu {
        @Override
        public String eduType() {
            return "m.presence";
        }

        @Override
        public String key() {
            return userId.toString();
        }
    }

    /**
     * Messages to devices of one hosted user. Not to be lost; a reader tells by (sender, messageId, target, device) what
     * came twice. Key: the target's user ID.
     *
     * @param messages canonical JSON of an object: by device ID, or {@code *} for all devices, the content
     */
    record ToDevice(
            ServerName origin,
            ServerName destination,
            UserId sender,
            String eventType,
            String messageId,
            UserId target,
            PduBytes messages)
            implements ReceivedEdu {
        @Override
        public String eduType() {
            return "m.direct_to_device";
        }

        @Override
        public String key() {
            return target.toString();
        }
    }

    /** A device of a peer's user is new, changed or gone. Key: user ID. */
    record DeviceList(
            ServerName origin,
            ServerName destination,
            UserId userId,
            String deviceId,
            long streamId,
            List<Long> prevIds,
            Optional<String> displayName,
            boolean deleted,
            Optional<JsonObject> keys)
            implements ReceivedEdu {
        public DeviceList {
            prevIds = List.copyOf(prevIds);
        }

        @Override
        public String eduType() {
            return "m.device_list_update";
        }

        @Override
        public String key() {
            return userId.toString();
        }
    }

    /** A peer's user has new cross-signing keys; one that is absent stays as it was. Key: user ID. */
    record SigningKeys(
            ServerName origin,
            ServerName destination,
            UserId userId,
            Optional<JsonObject> masterKey,
            Optional<JsonObject> selfSigningKey)
            implements ReceivedEdu {
        @Override
        public String eduType() {
            return "m.signing_key_update";
        }

        @Override
        public String key() {
            return userId.toString();
        }
    }
}
