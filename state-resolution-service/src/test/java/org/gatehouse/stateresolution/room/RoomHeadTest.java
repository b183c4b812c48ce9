package org.gatehouse.stateresolution.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.gatehouse.cluster.RoomFacts;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.UserId;
import org.junit.jupiter.api.Test;

class RoomHeadTest {

    @Test
    void isReadAsItWasWritten() {
        RoomHead head = new RoomHead(
                10,
                77,
                Optional.of("12"),
                5,
                4,
                List.of(new Extremity(new EventId("$one"), 9, 4)),
                List.of(new JoinAttempt("attempt", new UserId("@a:b.example"))),
                List.of(new RoomFacts.Pending(
                        new UserId("@a:b.example"), new UserId("@c:d.example"), "invite", new EventId("$two"))),
                70,
                12,
                44);

        assertThat(RoomHead.ofBytes(head.toBytes())).isEqualTo(head);
        assertThat(RoomHead.ofBytes(RoomHead.none(10).toBytes())).isEqualTo(RoomHead.none(10));
    }

    @Test
    void saysWhenItCannotBeRead() {
        assertThatThrownBy(() -> RoomHead.ofBytes("{}".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(CorruptRoom.class);
        assertThatThrownBy(() -> RoomHead.ofBytes("nonsense".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(CorruptRoom.class);
    }

    @Test
    void isRefusedFromAnotherGeneration() {
        InMemoryRoomRows rows = new InMemoryRoomRows();
        RoomId roomId = new RoomId("!room:a.example");
        RoomWrites writes = new RoomWrites();
        writes.head(RoomHead.none(11));
        rows.write(roomId, writes);

        assertThatThrownBy(() -> new Rooms(rows, 10, 5, 5).own(roomId, room -> room))
                .isInstanceOf(ForeignGeneration.class);
    }
}
