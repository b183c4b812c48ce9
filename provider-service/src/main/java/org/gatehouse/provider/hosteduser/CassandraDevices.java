package org.gatehouse.provider.hosteduser;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.gatehouse.matrix.identifier.UserId;

/** Table device, read only: {@link CassandraSessions} writes it. */
@ApplicationScoped
class CassandraDevices implements Devices {

    private final CqlSession session;
    private final PreparedStatement select;

    CassandraDevices(CqlSession session) {
        this.session = session;
        this.select = session.prepare("SELECT device_id FROM device WHERE user_id = ?");
    }

    @Override
    public List<String> of(UserId userId) {
        List<String> devices = new ArrayList<>();
        for (Row row : session.execute(select.bind(userId.value()))) {
            devices.add(Objects.requireNonNull(row.getString("device_id")));
        }
        return devices;
    }
}
