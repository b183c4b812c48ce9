package org.gatehouse.eventgraph.cassandra;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.gatehouse.eventgraph.connect.RoomHeads;
import org.gatehouse.eventgraph.room.RoomHead;
import org.gatehouse.matrix.identifier.RoomId;

/** Table room_head: the write timestamp is the head's stamp, so that of two heads the later one stays. */
@Singleton
public class CassandraRoomHeads implements RoomHeads {

    private final Statements statements;
    private final PreparedStatement select;
    private final PreparedStatement insert;

    public CassandraRoomHeads(Statements statements) {
        this.statements = statements;
        this.select = statements.prepare("SELECT head FROM room_head WHERE room = ?");
        this.insert = statements.prepare("INSERT INTO room_head (room, head) VALUES (?, ?) USING TIMESTAMP ?");
    }

    @Override
    public Optional<RoomHead> read(RoomId roomId) {
        Row row = statements.session().execute(select.bind(roomId.value())).one();
        return row == null ? Optional.empty() : Optional.of(HeadBlob.read(Columns.bytes(row, "head")));
    }

    @Override
    public void store(RoomId roomId, RoomHead head) {
        statements
                .session()
                .execute(insert.bind(
                        roomId.value(),
                        ByteBuffer.wrap(HeadBlob.write(head)),
                        head.stamp().timestamp()));
    }
}
