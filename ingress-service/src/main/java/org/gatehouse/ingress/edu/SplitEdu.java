package org.gatehouse.ingress.edu;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.gatehouse.cluster.PduBytes;
import org.gatehouse.cluster.ReceivedEdu;
import org.gatehouse.matrix.canonicaljson.CanonicalJson;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.edu.DeviceListUpdate;
import org.gatehouse.matrix.edu.Edu;
import org.gatehouse.matrix.edu.PresenceUpdates;
import org.gatehouse.matrix.edu.Receipts;
import org.gatehouse.matrix.edu.SigningKeyUpdate;
import org.gatehouse.matrix.edu.ToDeviceMessages;
import org.gatehouse.matrix.edu.Typing;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.ServerName;

/** Makes of an EDU one record for each room or user that it concerns. */
final class SplitEdu {

    /** Servers send at most 50 in one EDU; what is beyond is not looked at. */
    static final int MAX_PRESENCES = 100;

    private final ServerName origin;
    private final ServerName destination;

    SplitEdu(ServerName origin, ServerName destination) {
        this.origin = origin;
        this.destination = destination;
    }

    /** The records of an EDU, in its order; none of a type that is unknown, or to users of other servers. */
    List<ReceivedEdu> split(Edu edu) {
        if (edu instanceof Typing typing) {
            return List.of(
                    new ReceivedEdu.Typing(origin, destination, typing.roomId(), typing.userId(), typing.typing()));
        }
        if (edu instanceof Receipts receipts) {
            return byRoom(receipts);
        }
        if (edu instanceof PresenceUpdates presences) {
            return presences.updates().stream()
                    .limit(MAX_PRESENCES)
                    .map(this::presence)
                    .toList();
        }
        if (edu instanceof ToDeviceMessages messages) {
            return byTarget(messages);
        }
        if (edu instanceof DeviceListUpdate update) {
            return List.of(deviceList(update));
        }
        if (edu instanceof SigningKeyUpdate update) {
            return List.of(new ReceivedEdu.SigningKeys(
                    origin, destination, update.userId(), update.masterKey(), update.selfSigningKey()));
        }
        return List.of();
    }

    /** How many to-device messages to hosted users an EDU holds. */
    long messages(Edu edu) {
        if (!(edu instanceof ToDeviceMessages messages)) {
            return 0;
        }
        return messages.messages().entrySet().stream()
                .filter(entry -> entry.getKey().serverName().equals(destination))
                .mapToLong(entry -> entry.getValue().size())
                .sum();
    }

    private List<ReceivedEdu> byRoom(Receipts receipts) {
        Map<RoomId, List<ReceivedEdu.Read>> rooms = new LinkedHashMap<>();
        for (Receipts.ReadReceipt receipt : receipts.receipts()) {
            rooms.computeIfAbsent(receipt.roomId(), room -> new ArrayList<>())
                    .add(new ReceivedEdu.Read(receipt.userId(), receipt.eventId(), receipt.ts(), receipt.threadId()));
        }
        List<ReceivedEdu> records = new ArrayList<>();
        rooms.forEach((room, read) -> records.add(new ReceivedEdu.ReadReceipts(origin, destination, room, read)));
        return records;
    }

    private ReceivedEdu presence(PresenceUpdates.UserPresence presence) {
        return new ReceivedEdu.Presence(
                origin,
                destination,
                presence.userId(),
                presence.presence().toString(),
                presence.lastActiveAgo(),
                presence.statusMessage(),
                presence.currentlyActive());
    }

    private List<ReceivedEdu> byTarget(ToDeviceMessages messages) {
        List<ReceivedEdu> records = new ArrayList<>();
        messages.messages().forEach((target, byDevice) -> {
            if (target.serverName().equals(destination) && !byDevice.isEmpty()) {
                records.add(new ReceivedEdu.ToDevice(
                        origin,
                        destination,
                        messages.sender(),
                        messages.eventType(),
                        messages.messageId(),
                        target,
                        new PduBytes(CanonicalJson.write(object(byDevice)))));
            }
        });
        return records;
    }

    private static JsonObject object(SortedMap<String, JsonObject> byDevice) {
        JsonObject.Builder object = JsonObject.builder();
        byDevice.forEach(object::put);
        return object.build();
    }

    private ReceivedEdu deviceList(DeviceListUpdate update) {
        return new ReceivedEdu.DeviceList(
                origin,
                destination,
                update.userId(),
                update.deviceId(),
                update.streamId(),
                update.prevIds(),
                update.displayName(),
                update.deleted(),
                update.keys());
    }
}
