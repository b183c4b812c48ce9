package org.gatehouse.stateresolution.testroom;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.gatehouse.cluster.BulkRange;
import org.gatehouse.cluster.BulkRecord;
import org.gatehouse.cluster.ClusterRecord;
import org.gatehouse.cluster.ConnectedRecord;
import org.gatehouse.cluster.ConnectedRecord.Connected;
import org.gatehouse.cluster.ConnectedRecord.Seed;
import org.gatehouse.cluster.ConnectedRecord.Source;
import org.gatehouse.cluster.JudgedRecord;
import org.gatehouse.cluster.PduBytes;
import org.gatehouse.cluster.ReplyTo;
import org.gatehouse.cluster.RoomFacts;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.stateres.StateMap;
import org.gatehouse.matrix.stateres.StateResolution;
import org.gatehouse.stateresolution.judgement.Arrival;
import org.gatehouse.stateresolution.judgement.JudgeRecord;
import org.gatehouse.stateresolution.judgement.WorkRoom;
import org.gatehouse.stateresolution.room.Extremity;
import org.gatehouse.stateresolution.room.InMemoryRoomRows;
import org.gatehouse.stateresolution.room.Room;
import org.gatehouse.stateresolution.room.Rooms;

/** The judge with stores in memory. a.example is hosted. */
public final class TestJudge {

    public static final int GENERATION = 10;

    public final InMemoryRoomRows rows;
    public final List<ClusterRecord> outputs = new ArrayList<>();
    private final Map<String, List<BulkRecord>> bulk = new TreeMap<>();
    private Rooms rooms;
    private WorkRoom workRoom;
    private long nextOffset = 100;
    private final Map<String, Long> lastOrdinals = new TreeMap<>();
    private int outputsLeft = Integer.MAX_VALUE;
    private final AtomicInteger aheadOfTheirTurn = new AtomicInteger();

    public TestJudge() {
        this(new InMemoryRoomRows());
    }

    public TestJudge(InMemoryRoomRows rows) {
        this.rows = rows;
        restart();
    }

    /** How many events were left out because their predecessors had not come. */
    public int aheadOfTheirTurn() {
        return aheadOfTheirTurn.get();
    }

    /** Forgets all that is in memory. */
    public void restart() {
        rooms = new Rooms(rows, GENERATION, 10, 50);
        workRoom = new WorkRoom(
                rooms,
                rows,
                new JudgeRecord(
                        StateResolution::resolve,
                        server -> server.value().equals("a.example"),
                        aheadOfTheirTurn::incrementAndGet),
                this::publish,
                output -> {});
    }

    /** The process dies after so many more outputs. */
    public void dieAfterOutputs(int number) {
        outputsLeft = number;
    }

    private void publish(List<ClusterRecord> published) {
        for (ClusterRecord output : published) {
            if (outputsLeft-- <= 0) {
                throw new InMemoryRoomRows.Died();
            }
            outputs.add(output);
        }
    }

    /** The next offset of the log, 7 on from the last: other rooms' records lie between. */
    public long offset() {
        long offset = nextOffset;
        nextOffset += 7;
        return offset;
    }

    public Arrival arrival(ConnectedRecord record) {
        return arrival(offset(), record);
    }

    public Arrival arrival(long offset, ConnectedRecord record) {
        return new Arrival(
                offset,
                record,
                () -> record instanceof Connected connected
                        ? connected
                                .seed()
                                .map(seed -> bulk.getOrDefault(seed.state().bulkId(), List.of()))
                                .orElse(List.of())
                        : List.of());
    }

    public Connected connected(Pdu event) {
        return connected(event, Source.PUSHED, Optional.empty());
    }

    public Connected connected(Pdu event, Source source, Optional<Seed> seed) {
        return new Connected(
                event.roomId(),
                event.roomVersion().id(),
                event.eventId(),
                lastOrdinals.merge(event.roomId().value(), 1L, Long::sum),
                source,
                event.sender().serverName(),
                source == Source.MADE,
                seed,
                Optional.of(new ReplyTo(3, "wait-" + event.eventId())),
                nextOffset,
                new PduBytes(event.canonicalBytes()));
    }

    public ConnectedRecord.Outlier outlier(Pdu event) {
        return new ConnectedRecord.Outlier(
                event.roomId(),
                event.roomVersion().id(),
                event.eventId(),
                nextOffset,
                new PduBytes(event.canonicalBytes()));
    }

    /** A seed of these events: state, and the rest of its auth chain. */
    public Seed seed(boolean join, String bulkId, List<Pdu> state, List<Pdu> auth) {
        List<BulkRecord> records = new ArrayList<>();
        state.forEach(event -> records.add(bulk(bulkId, BulkRecord.Role.STATE, event)));
        auth.forEach(event -> records.add(bulk(bulkId, BulkRecord.Role.AUTH, event)));
        bulk.put(bulkId, records);
        return new Seed(join, new BulkRange(bulkId, 0, 0, records.size(), records.size()));
    }

    private static BulkRecord bulk(String bulkId, BulkRecord.Role role, Pdu event) {
        return new BulkRecord(
                bulkId,
                event.roomId(),
                event.roomVersion().id(),
                role,
                event.eventId(),
                Optional.of(new PduBytes(event.canonicalBytes())));
    }

    public void bulk(String bulkId, List<BulkRecord> records) {
        bulk.put(bulkId, records);
    }

    /** Works the arrivals of one room, in one go as far as that goes. */
    public void work(List<Arrival> arrivals) {
        int done = 0;
        while (done < arrivals.size()) {
            RoomId roomId = arrivals.get(done).record().roomId();
            done += workRoom.work(roomId, arrivals.subList(done, arrivals.size()));
        }
    }

    public void work(ConnectedRecord record) {
        work(List.of(arrival(record)));
    }

    /** Judges an event in its place and gives what pdu-judged got. */
    public JudgedRecord.Judged judge(Pdu event) {
        work(connected(event));
        return judged(event.eventId());
    }

    public void judgeAll(List<Pdu> events) {
        events.forEach(this::judge);
    }

    /** The last word on an event. */
    public JudgedRecord.Judged judged(EventId eventId) {
        List<JudgedRecord.Judged> all = judged();
        for (int i = all.size() - 1; i >= 0; i--) {
            if (all.get(i).eventId().equals(eventId)) {
                return all.get(i);
            }
        }
        throw new AssertionError("no verdict on " + eventId);
    }

    public List<JudgedRecord.Judged> judged() {
        return of(JudgedRecord.Judged.class);
    }

    public <T> List<T> of(Class<T> type) {
        return outputs.stream().filter(type::isInstance).map(type::cast).toList();
    }

    public RoomFacts facts() {
        List<RoomFacts> all = of(RoomFacts.class);
        return all.get(all.size() - 1);
    }

    public <T> T read(RoomId roomId, Function<Room, T> question) {
        return rooms.read(roomId, 1000, question);
    }

    /** The forward extremities, in order. */
    public List<EventId> heads(RoomId roomId) {
        return read(
                roomId,
                room -> room.head().extremities().stream()
                        .map(Extremity::eventId)
                        .toList());
    }

    public StateMap currentState(RoomId roomId) {
        return read(roomId, Room::currentState);
    }

    /** The partitions moved. */
    public void ownershipChanged() {
        rooms.ownershipChanged();
    }
}
