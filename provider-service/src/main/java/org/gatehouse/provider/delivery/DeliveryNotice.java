package org.gatehouse.provider.delivery;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.gatehouse.cluster.ClusterRecord;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.UserId;

/**
 * A verdict was delivered (topic provider-notify): whoever waits for it on any instance may look.
 *
 * @param partition and offset of the verdict in pdu-judged: everything up to it is delivered
 * @param ordinal of the event in its room; 0 if it has none
 * @param users hosted users whose membership in the room changed
 */
public record DeliveryNotice(int partition, long offset, RoomId roomId, long ordinal, List<UserId> users)
        implements ClusterRecord {

    public DeliveryNotice {
        users = List.copyOf(users);
    }

    /** Both in one: a later notice of the same room says all that this one does but for the users. */
    DeliveryNotice followedBy(DeliveryNotice later) {
        Set<UserId> both = new LinkedHashSet<>(users);
        both.addAll(later.users);
        return new DeliveryNotice(
                later.partition, later.offset, roomId, Math.max(ordinal, later.ordinal), List.copyOf(both));
    }

    @Override
    public String key() {
        return roomId.value();
    }
}
