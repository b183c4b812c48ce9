package org.gatehouse.provider.authoring;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.Optional;
import org.gatehouse.cluster.SendWish;
import org.gatehouse.matrix.event.StoredPdus;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.roomversion.RoomVersions;

/** Table sent_event; rows end after 30 days. */
@ApplicationScoped
class CassandraSentEvents implements SentEvents {

    private final CqlSession session;
    private final PreparedStatement insert;
    private final PreparedStatement select;

    CassandraSentEvents(CqlSession session) {
        this.session = session;
        this.insert = session.prepare("INSERT INTO sent_event (user_id, device_id, transaction_key, attempt, event_id,"
                + " room_version, pdu) VALUES (?, ?, ?, ?, ?, ?, ?)");
        this.select = session.prepare("SELECT attempt, event_id, room_version, pdu FROM sent_event"
                + " WHERE user_id = ? AND device_id = ? AND transaction_key = ? LIMIT 1");
    }

    @Override
    public Optional<Attempt> find(SendWish wish) {
        Row row = session.execute(select.bind(wish.sender().value(), wish.deviceId(), key(wish)))
                .one();
        if (row == null) {
            return Optional.empty();
        }
        ByteBuffer pdu = Objects.requireNonNull(row.getByteBuffer("pdu"));
        byte[] bytes = new byte[pdu.remaining()];
        pdu.get(bytes);
        return Optional.of(new Attempt(
                row.getInt("attempt"),
                StoredPdus.read(
                        RoomVersions.require(Objects.requireNonNull(row.getString("room_version"))),
                        new EventId(row.getString("event_id")),
                        bytes)));
    }

    @Override
    public void put(SendWish wish, Attempt attempt) {
        session.execute(insert.bind(
                wish.sender().value(),
                wish.deviceId(),
                key(wish),
                attempt.number(),
                attempt.event().eventId().value(),
                attempt.event().roomVersion().id(),
                ByteBuffer.wrap(attempt.event().canonicalBytes())));
    }

    /** A transaction belongs to a room: the same identifier in another room is another send. */
    private static String key(SendWish wish) {
        return wish.roomId().value() + " " + wish.txnId();
    }
}
