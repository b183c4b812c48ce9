package org.gatehouse.provider.delivery;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gatehouse.cassandra.HeadStamp;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.event.StateKey;
import org.gatehouse.matrix.event.StoredPdus;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.roomversion.RoomVersions;
import org.gatehouse.runtime.config.ClusterConfig;

/** Table room_state; rows are stamped with the offset of their cause. */
@ApplicationScoped
class CassandraRoomStates implements RoomStates {

    private static final String SELECT = "SELECT event_id, room_version, pdu FROM room_state WHERE room_id = ?";

    private final CqlSession session;
    private final Writes writes;
    private final int generation;
    private final PreparedStatement insert;
    private final PreparedStatement clear;
    private final PreparedStatement selectAll;
    private final PreparedStatement selectType;
    private final PreparedStatement selectSlot;

    CassandraRoomStates(CqlSession session, ClusterConfig cluster) {
        this.session = session;
        this.writes = new Writes(session);
        this.generation = cluster.generation();
        this.insert = session.prepare("INSERT INTO room_state (room_id, type, state_key, event_id, room_version, pdu)"
                + " VALUES (?, ?, ?, ?, ?, ?) USING TIMESTAMP ?");
        this.clear = session.prepare("DELETE FROM room_state USING TIMESTAMP ? WHERE room_id = ?");
        this.selectAll = session.prepare(SELECT);
        this.selectType = session.prepare(SELECT + " AND type = ?");
        this.selectSlot = session.prepare(SELECT + " AND type = ? AND state_key = ?");
    }

    @Override
    public List<Pdu> all(RoomId roomId) {
        return read(selectAll.bind(roomId.value()));
    }

    @Override
    public List<Pdu> ofType(RoomId roomId, String type) {
        return read(selectType.bind(roomId.value(), type));
    }

    @Override
    public Optional<Pdu> find(RoomId roomId, StateKey slot) {
        return read(selectSlot.bind(roomId.value(), slot.type(), slot.stateKey())).stream()
                .findFirst();
    }

    private List<Pdu> read(BoundStatement statement) {
        List<Pdu> events = new ArrayList<>();
        for (Row row : session.execute(statement)) {
            String eventId = row.getString("event_id");
            if (eventId != null) {
                events.add(StoredPdus.read(
                        RoomVersions.require(Writes.text(row, "room_version")),
                        new EventId(eventId),
                        Writes.pdu(row, "pdu").canonical()));
            }
        }
        return events;
    }

    /** A whole state clears what earlier records wrote: their stamps are all lower. */
    @Override
    public void apply(StateUpdate update) {
        long stamp = HeadStamp.of(generation, update.place().offset()).timestamp();
        if (update.whole()) {
            session.execute(clear.bind(stamp - 1, update.roomId().value()));
        }
        List<BoundStatement> statements = new ArrayList<>();
        for (StateUpdate.Slot slot : update.slots()) {
            Optional<StateUpdate.Filling> filling = slot.filling();
            statements.add(insert.bind(
                    update.roomId().value(),
                    slot.key().type(),
                    slot.key().stateKey(),
                    filling.map(filled -> filled.eventId().value()).orElse(null),
                    filling.map(filled -> update.roomVersion()).orElse(null),
                    filling.map(filled -> ByteBuffer.wrap(filled.pdu().canonical()))
                            .orElse(null),
                    stamp));
        }
        writes.all(statements);
    }
}
