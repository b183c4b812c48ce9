package org.gatehouse.provider.delivery;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import jakarta.enterprise.context.ApplicationScoped;
import org.gatehouse.matrix.identifier.RoomId;

/** Table app_service_interest: rows are only added. */
@ApplicationScoped
class CassandraInterests implements Interests {

    private final CqlSession session;
    private final PreparedStatement insert;
    private final PreparedStatement select;

    CassandraInterests(CqlSession session) {
        this.session = session;
        this.insert = session.prepare("INSERT INTO app_service_interest (app_service, room_id, log_offset, interested)"
                + " VALUES (?, ?, ?, ?)");
        this.select = session.prepare("SELECT interested FROM app_service_interest"
                + " WHERE app_service = ? AND room_id = ? AND log_offset <= ? LIMIT 1");
    }

    @Override
    public boolean at(String appService, RoomId roomId, long offset) {
        Row row =
                session.execute(select.bind(appService, roomId.value(), offset)).one();
        return row != null && row.getBoolean("interested");
    }

    @Override
    public void put(String appService, RoomId roomId, long offset, boolean interested) {
        session.execute(insert.bind(appService, roomId.value(), offset, interested));
    }
}
