package org.gatehouse.provider.hosteduser;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.gatehouse.matrix.identifier.UserId;

/** Table hosted_user, written by LWT alone. */
@ApplicationScoped
class CassandraHostedUsers implements HostedUsers {

    private final CqlSession session;
    private final PreparedStatement insert;
    private final PreparedStatement select;

    CassandraHostedUsers(CqlSession session) {
        this.session = session;
        this.insert = session.prepare(
                "INSERT INTO hosted_user (user_id, app_service, created_ms) VALUES (?, ?, ?) IF NOT EXISTS");
        this.select = session.prepare("SELECT app_service, created_ms FROM hosted_user WHERE user_id = ?");
    }

    @Override
    public boolean register(HostedUser user) {
        return session.execute(
                        insert.bind(user.userId().value(), user.appService().orElse(null), user.createdMs()))
                .wasApplied();
    }

    @Override
    public Optional<HostedUser> find(UserId userId) {
        Row row = session.execute(select.bind(userId.value())).one();
        return row == null
                ? Optional.empty()
                : Optional.of(new HostedUser(
                        userId, Optional.ofNullable(row.getString("app_service")), row.getLong("created_ms")));
    }
}
