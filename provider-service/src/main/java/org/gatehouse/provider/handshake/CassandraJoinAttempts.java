package org.gatehouse.provider.handshake;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.UserId;

/** Table join_attempt: a few buckets, rows end after a week. */
@ApplicationScoped
class CassandraJoinAttempts implements JoinAttempts {

    private static final int BUCKETS = 16;

    private final CqlSession session;
    private final PreparedStatement insert;
    private final PreparedStatement update;
    private final PreparedStatement select;

    CassandraJoinAttempts(CqlSession session) {
        this.session = session;
        this.insert = session.prepare("INSERT INTO join_attempt (bucket, attempt_id, room_id, user_id, room_version,"
                + " event_id, begun_ms) VALUES (?, ?, ?, ?, ?, ?, ?)");
        this.update = session.prepare("UPDATE join_attempt SET outcome = ? WHERE bucket = ? AND attempt_id = ?");
        this.select = session.prepare("SELECT attempt_id, room_id, user_id, room_version, event_id, begun_ms, outcome"
                + " FROM join_attempt WHERE bucket = ?");
    }

    @Override
    public void begin(JoinAttempt attempt) {
        session.execute(insert.bind(
                bucket(attempt),
                attempt.attemptId(),
                attempt.roomId().value(),
                attempt.userId().value(),
                attempt.roomVersion(),
                attempt.eventId().value(),
                attempt.begunMs()));
    }

    @Override
    public void finish(JoinAttempt attempt, JoinAttempt.Outcome outcome) {
        session.execute(update.bind(outcome.name().toLowerCase(Locale.ROOT), bucket(attempt), attempt.attemptId()));
    }

    @Override
    public List<JoinAttempt> open() {
        List<JoinAttempt> open = new ArrayList<>();
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            for (Row row : session.execute(select.bind(bucket))) {
                if (row.isNull("outcome") && !row.isNull("room_id")) {
                    open.add(read(row));
                }
            }
        }
        return open;
    }

    private static JoinAttempt read(Row row) {
        return new JoinAttempt(
                text(row, "attempt_id"),
                new RoomId(text(row, "room_id")),
                new UserId(text(row, "user_id")),
                text(row, "room_version"),
                new EventId(text(row, "event_id")),
                row.getLong("begun_ms"));
    }

    private static String text(Row row, String column) {
        return Objects.requireNonNull(row.getString(column), column);
    }

    private static int bucket(JoinAttempt attempt) {
        return Math.floorMod(attempt.attemptId().hashCode(), BUCKETS);
    }
}
