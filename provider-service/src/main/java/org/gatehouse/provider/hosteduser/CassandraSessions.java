package org.gatehouse.provider.hosteduser;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Optional;
import org.gatehouse.matrix.identifier.UserId;

/** Tables access_token and device. */
@ApplicationScoped
class CassandraSessions implements Sessions {

    private final CqlSession session;
    private final Clock clock;
    private final PreparedStatement insertToken;
    private final PreparedStatement insertDevice;
    private final PreparedStatement selectToken;
    private final PreparedStatement selectDevice;
    private final PreparedStatement selectDevices;
    private final PreparedStatement deleteToken;
    private final PreparedStatement deleteDevice;

    CassandraSessions(CqlSession session, Clock clock) {
        this.session = session;
        this.clock = clock;
        this.insertToken = session.prepare(
                "INSERT INTO access_token (token_hash, user_id, device_id, created_ms) VALUES (?, ?, ?, ?)");
        this.insertDevice = session.prepare(
                "INSERT INTO device (user_id, device_id, display_name, token_hash) VALUES (?, ?, ?, ?)");
        this.selectToken = session.prepare("SELECT user_id, device_id FROM access_token WHERE token_hash = ?");
        this.selectDevice = session.prepare("SELECT token_hash FROM device WHERE user_id = ? AND device_id = ?");
        this.selectDevices = session.prepare("SELECT device_id, token_hash FROM device WHERE user_id = ?");
        this.deleteToken = session.prepare("DELETE FROM access_token WHERE token_hash = ?");
        this.deleteDevice = session.prepare("DELETE FROM device WHERE user_id = ? AND device_id = ?");
    }

    @Override
    public void open(Session opened, TokenHash token, String displayName) {
        String user = opened.userId().value();
        Row before = session.execute(selectDevice.bind(user, opened.deviceId())).one();
        if (before != null) {
            session.execute(deleteToken.bind(before.getByteBuffer("token_hash")));
        }
        session.execute(insertToken.bind(bytes(token), user, opened.deviceId(), clock.millis()));
        session.execute(insertDevice.bind(user, opened.deviceId(), displayName, bytes(token)));
    }

    @Override
    public Optional<Session> find(TokenHash token) {
        Row row = session.execute(selectToken.bind(bytes(token))).one();
        return row == null
                ? Optional.empty()
                : Optional.of(new Session(new UserId(row.getString("user_id")), row.getString("device_id")));
    }

    @Override
    public void close(Session closed, TokenHash token) {
        session.execute(deleteToken.bind(bytes(token)));
        session.execute(deleteDevice.bind(closed.userId().value(), closed.deviceId()));
    }

    @Override
    public void closeAll(UserId userId) {
        for (Row row : session.execute(selectDevices.bind(userId.value()))) {
            session.execute(deleteToken.bind(row.getByteBuffer("token_hash")));
            session.execute(deleteDevice.bind(userId.value(), row.getString("device_id")));
        }
    }

    private static ByteBuffer bytes(TokenHash token) {
        return ByteBuffer.wrap(HexFormat.of().parseHex(token.hex()));
    }
}
