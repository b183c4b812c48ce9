package org.gatehouse.provider.delivery;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gatehouse.cassandra.HeadStamp;
import org.gatehouse.matrix.canonicaljson.CanonicalJson;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.JsonValue;
import org.gatehouse.matrix.canonicaljson.StrictJson;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.runtime.config.ClusterConfig;

/** Tables membership, room_hosted_member and forgotten_room; rows are stamped with the offset of their cause. */
@ApplicationScoped
class CassandraMemberships implements Memberships {

    private static final String COLUMNS = "user_id, room_id, event_id, kind, room_version, log_partition, log_offset,"
            + " since, previous, previous_since, out_of_band, pdu, stripped_state";

    private final CqlSession session;
    private final Writes writes;
    private final int generation;
    private final PreparedStatement insert;
    private final PreparedStatement insertHosted;
    private final PreparedStatement select;
    private final PreparedStatement selectOfUser;
    private final PreparedStatement selectHosted;
    private final PreparedStatement insertForgotten;
    private final PreparedStatement selectForgotten;

    CassandraMemberships(CqlSession session, ClusterConfig cluster) {
        this.session = session;
        this.writes = new Writes(session);
        this.generation = cluster.generation();
        this.insert = session.prepare("INSERT INTO membership (" + COLUMNS
                + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) USING TIMESTAMP ?");
        this.insertHosted = session.prepare(
                "INSERT INTO room_hosted_member (room_id, user_id, kind) VALUES (?, ?, ?) USING TIMESTAMP ?");
        this.select = session.prepare("SELECT " + COLUMNS + " FROM membership WHERE user_id = ? AND room_id = ?");
        this.selectOfUser = session.prepare("SELECT " + COLUMNS + " FROM membership WHERE user_id = ?");
        this.selectHosted = session.prepare("SELECT user_id, kind FROM room_hosted_member WHERE room_id = ?");
        this.insertForgotten = session.prepare(
                "INSERT INTO forgotten_room (user_id, room_id, log_offset) VALUES (?, ?, ?) USING TIMESTAMP ?");
        this.selectForgotten = session.prepare("SELECT room_id, log_offset FROM forgotten_room WHERE user_id = ?");
    }

    @Override
    public Optional<Membership> find(UserId userId, RoomId roomId) {
        Row row = session.execute(select.bind(userId.value(), roomId.value())).one();
        return row == null ? Optional.empty() : Optional.of(read(row));
    }

    @Override
    public List<Membership> ofUser(UserId userId) {
        Map<String, Long> forgotten = forgotten(userId);
        List<Membership> found = new ArrayList<>();
        for (Row row : session.execute(selectOfUser.bind(userId.value()))) {
            long hiddenUpTo = forgotten.getOrDefault(row.getString("room_id"), -1L);
            if (row.getLong("log_offset") > hiddenUpTo) {
                found.add(read(row));
            }
        }
        return found;
    }

    private Map<String, Long> forgotten(UserId userId) {
        Map<String, Long> forgotten = new HashMap<>();
        for (Row row : session.execute(selectForgotten.bind(userId.value()))) {
            forgotten.put(row.getString("room_id"), row.getLong("log_offset"));
        }
        return forgotten;
    }

    @Override
    public List<UserId> hosted(RoomId roomId, String kind) {
        List<UserId> users = new ArrayList<>();
        for (Row row : session.execute(selectHosted.bind(roomId.value()))) {
            if (kind.equals(row.getString("kind"))) {
                users.add(new UserId(row.getString("user_id")));
            }
        }
        return users;
    }

    @Override
    public void put(List<Membership> memberships) {
        List<BoundStatement> statements = new ArrayList<>();
        for (Membership membership : memberships) {
            long stamp = stamp(membership.place().offset());
            statements.add(insertHosted.bind(
                    membership.roomId().value(), membership.userId().value(), membership.kind(), stamp));
        }
        writes.all(statements);
        statements.clear();
        for (Membership membership : memberships) {
            statements.add(bind(membership, stamp(membership.place().offset())));
        }
        writes.all(statements);
    }

    private BoundStatement bind(Membership membership, long stamp) {
        return insert.bind(
                membership.userId().value(),
                membership.roomId().value(),
                membership.eventId().value(),
                membership.kind(),
                membership.roomVersion(),
                membership.place().partition(),
                membership.place().offset(),
                membership.since(),
                membership.previous(),
                membership.previousSince(),
                membership.outOfBand(),
                ByteBuffer.wrap(membership.pdu().canonical()),
                CanonicalJson.writeString(JsonArray.of(membership.strippedState())),
                stamp);
    }

    @Override
    public void forget(UserId userId, RoomId roomId, long offset) {
        session.execute(insertForgotten.bind(userId.value(), roomId.value(), offset, stamp(offset)));
    }

    private long stamp(long offset) {
        return HeadStamp.of(generation, offset).timestamp();
    }

    private static Membership read(Row row) {
        return new Membership(
                new UserId(row.getString("user_id")),
                new RoomId(row.getString("room_id")),
                Writes.text(row, "room_version"),
                new EventId(row.getString("event_id")),
                Writes.text(row, "kind"),
                new Place(row.getInt("log_partition"), row.getLong("log_offset")),
                row.getLong("since"),
                Writes.text(row, "previous"),
                row.getLong("previous_since"),
                row.getBoolean("out_of_band"),
                Writes.pdu(row, "pdu"),
                stripped(Writes.text(row, "stripped_state")));
    }

    private static List<JsonObject> stripped(String text) {
        JsonValue array = StrictJson.parse(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        return array.asArray().map(JsonArray::values).orElse(List.of()).stream()
                .flatMap(value -> value.asObject().stream())
                .toList();
    }
}
