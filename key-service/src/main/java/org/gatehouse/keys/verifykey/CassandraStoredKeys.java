package org.gatehouse.keys.verifykey;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.gatehouse.matrix.canonicaljson.CanonicalJson;
import org.gatehouse.matrix.canonicaljson.StrictJson;
import org.gatehouse.matrix.identifier.ServerName;

@Singleton
class CassandraStoredKeys implements StoredKeys {

    private static final String SELECT = "SELECT known FROM remote_keys WHERE server_name = ?";
    private static final String UPSERT = "INSERT INTO remote_keys (server_name, known, fetched_ts) VALUES (?, ?, ?)";

    private final CqlSession session;

    CassandraStoredKeys(CqlSession session) {
        this.session = session;
    }

    @Override
    public Uni<Optional<KnownKeys>> find(ServerName server) {
        return execute(SimpleStatement.newInstance(SELECT, server.toString()))
                .map(rows -> Optional.ofNullable(rows.one())
                        .map(row -> String.valueOf(row.getString("known")))
                        .map(text -> KnownKeys.fromJson(
                                server, StrictJson.parseObject(text.getBytes(StandardCharsets.UTF_8)))));
    }

    @Override
    public Uni<Void> put(KnownKeys keys) {
        return execute(SimpleStatement.newInstance(
                        UPSERT, keys.server().toString(), CanonicalJson.writeString(keys.toJson()), keys.fetchedTs()))
                .replaceWithVoid();
    }

    private Uni<AsyncResultSet> execute(SimpleStatement statement) {
        return Uni.createFrom().completionStage(() -> session.executeAsync(statement));
    }
}
