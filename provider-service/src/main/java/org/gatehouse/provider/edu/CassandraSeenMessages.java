package org.gatehouse.provider.edu;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.ResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Objects;

/** Table to_device_seen: by LWT, since two owners of a partition may be at work; rows leave after 30 days. */
@ApplicationScoped
class CassandraSeenMessages implements SeenMessages {

    private final CqlSession session;
    private final PreparedStatement insert;

    CassandraSeenMessages(CqlSession session) {
        this.session = session;
        this.insert = session.prepare("INSERT INTO to_device_seen (target, sender, message_id, device_id, generation,"
                + " log_partition, log_offset) VALUES (?, ?, ?, ?, ?, ?, ?) IF NOT EXISTS");
    }

    @Override
    public EduPlace firstPlace(Key key, EduPlace place) {
        ResultSet result = session.execute(insert.bind(
                key.target().value(),
                key.sender().value(),
                key.messageId(),
                key.deviceId(),
                place.generation(),
                place.partition(),
                place.offset()));
        if (result.wasApplied()) {
            return place;
        }
        Row before = Objects.requireNonNull(result.one());
        return new EduPlace(before.getInt("generation"), before.getInt("log_partition"), before.getLong("log_offset"));
    }
}
