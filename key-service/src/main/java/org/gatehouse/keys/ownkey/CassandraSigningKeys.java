package org.gatehouse.keys.ownkey;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.data.ByteUtils;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.gatehouse.matrix.identifier.KeyId;
import org.gatehouse.matrix.identifier.ServerName;

/** Table signing_key, or policy_key, which has the same columns. */
final class CassandraSigningKeys implements SigningKeys {

    private static final int FIRST_SLOT = 1;

    private final CqlSession session;
    private final Clock clock;
    private final String select;
    private final String insert;

    private CassandraSigningKeys(CqlSession session, Clock clock, String select, String insert) {
        this.select = select;
        this.insert = insert;
        this.session = session;
        this.clock = clock;
    }

    /** The keys with which hosted names speak as servers. */
    static CassandraSigningKeys ofServers(CqlSession session, Clock clock) {
        return new CassandraSigningKeys(
                session,
                clock,
                "SELECT key_id, seed, sealed, expired_ts FROM signing_key WHERE server_name = ?",
                "INSERT INTO signing_key (server_name, slot, key_id, seed, sealed, created_ts) VALUES (?, ?, ?, ?, ?, ?)"
                        + " IF NOT EXISTS");
    }

    /** The keys with which they sign as policy servers. */
    static CassandraSigningKeys ofPolicyServers(CqlSession session, Clock clock) {
        return new CassandraSigningKeys(
                session,
                clock,
                "SELECT key_id, seed, sealed, expired_ts FROM policy_key WHERE server_name = ?",
                "INSERT INTO policy_key (server_name, slot, key_id, seed, sealed, created_ts) VALUES (?, ?, ?, ?, ?, ?)"
                        + " IF NOT EXISTS");
    }

    @Override
    public List<StoredKey> of(ServerName server) {
        // Serial, so that a half-done insert of another instance is seen to its end.
        SimpleStatement read = SimpleStatement.newInstance(select, server.toString())
                .setConsistencyLevel(ConsistencyLevel.LOCAL_SERIAL);
        List<StoredKey> keys = new ArrayList<>();
        for (Row row : session.execute(read)) {
            keys.add(read(row));
        }
        return keys;
    }

    @Override
    public void addFirst(ServerName server, StoredKey key) {
        session.execute(SimpleStatement.newInstance(
                insert,
                server.toString(),
                FIRST_SLOT,
                key.id().toString(),
                ByteBuffer.wrap(key.seed()),
                key.isSealed(),
                clock.millis()));
    }

    private static StoredKey read(Row row) {
        KeyId id = new KeyId(String.valueOf(row.getString("key_id")));
        byte[] seed = ByteUtils.getArray(row.getByteBuffer("seed"));
        OptionalLong expired =
                row.isNull("expired_ts") ? OptionalLong.empty() : OptionalLong.of(row.getLong("expired_ts"));
        return new StoredKey(id, seed, row.getBoolean("sealed"), expired);
    }
}
