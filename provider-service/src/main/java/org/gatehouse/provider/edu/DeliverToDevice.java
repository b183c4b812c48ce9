package org.gatehouse.provider.edu;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.gatehouse.cluster.ReceivedEdu;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.StrictJson;
import org.gatehouse.matrix.edu.ToDeviceMessages;
import org.gatehouse.provider.appservice.AppService;
import org.gatehouse.provider.hosteduser.Devices;
import org.gatehouse.provider.hosteduser.HostedUsers;

/** Brings to-device messages to the application service that speaks for the user, each once. */
@ApplicationScoped
class DeliverToDevice {

    private final HostedUsers users;
    private final Devices devices;
    private final SeenMessages seen;

    DeliverToDevice(HostedUsers users, Devices devices, SeenMessages seen) {
        this.users = users;
        this.devices = devices;
        this.seen = seen;
    }

    /** @param place of the record; the same place again is the same delivery, another is a repeat */
    void deliver(AppService service, ReceivedEdu.ToDevice message, EduPlace place, EduTransaction transaction) {
        if (!service.speaksFor(message.target()) || users.find(message.target()).isEmpty()) {
            return;
        }
        JsonObject byDevice = StrictJson.parseObject(message.messages().canonical());
        for (String device : byDevice.names()) {
            if (isFirst(message, device, place)) {
                JsonObject content = byDevice.object(device).orElse(JsonObject.EMPTY);
                receivers(message, device).forEach(receiver -> transaction.toDevice(message, receiver, content));
            }
        }
    }

    private boolean isFirst(ReceivedEdu.ToDevice message, String device, EduPlace place) {
        SeenMessages.Key key = new SeenMessages.Key(message.target(), device, message.sender(), message.messageId());
        return seen.firstPlace(key, place).equals(place);
    }

    /** Of a user whose devices only the service knows, it is told what the sender said. */
    private List<String> receivers(ReceivedEdu.ToDevice message, String device) {
        if (!device.equals(ToDeviceMessages.ALL_DEVICES)) {
            return List.of(device);
        }
        List<String> known = devices.of(message.target());
        return known.isEmpty() ? List.of(device) : known;
    }
}
