package org.gatehouse.provider.sync;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Objects;
import java.util.Optional;
import org.gatehouse.matrix.canonicaljson.CanonicalJson;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.StrictJson;
import org.gatehouse.matrix.identifier.UserId;

/** Table sync_filter. */
@ApplicationScoped
class CassandraStoredFilters implements StoredFilters {

    private final CqlSession session;
    private final PreparedStatement insert;
    private final PreparedStatement select;

    CassandraStoredFilters(CqlSession session) {
        this.session = session;
        this.insert = session.prepare("INSERT INTO sync_filter (user_id, filter_id, definition) VALUES (?, ?, ?)");
        this.select = session.prepare("SELECT definition FROM sync_filter WHERE user_id = ? AND filter_id = ?");
    }

    @Override
    public void put(UserId userId, String filterId, JsonObject definition) {
        session.execute(insert.bind(userId.value(), filterId, CanonicalJson.writeString(definition)));
    }

    @Override
    public Optional<JsonObject> find(UserId userId, String filterId) {
        Row row = session.execute(select.bind(userId.value(), filterId)).one();
        return row == null
                ? Optional.empty()
                : Optional.of(StrictJson.parseObject(Objects.requireNonNull(row.getString("definition"))));
    }
}
